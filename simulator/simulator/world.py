"""Everything that is true in the simulated world, and the two ways a message in it changes."""

from dataclasses import dataclass
from typing import Any

from simulator.accounts import Accounts, BusinessAccount, MetaApp, Number
from simulator.accounts import as_document as account_document
from simulator.chats import Chat, ChatMessage, Chats
from simulator.clock import Clock
from simulator.config import Config
from simulator.faults import Faults
from simulator.journal import Journal
from simulator.limits import SpeedLimits
from simulator.live import Live
from simulator.media import MediaFiles
from simulator.people import People, Person
from simulator.people import as_document as person_document
from simulator.storage import Storage
from simulator.templates import Template, Templates
from simulator.templates import as_document as template_document
from simulator.uploads import Uploads
from simulator.webhooks.postman import Postman

Json = dict[str, Any]


@dataclass(slots=True)
class World:
    config: Config
    clock: Clock
    journal: Journal
    storage: Storage
    accounts: Accounts
    people: People
    chats: Chats
    faults: Faults
    limits: SpeedLimits
    postman: Postman
    live: Live
    media: MediaFiles
    uploads: Uploads
    templates: Templates

    def say(self, message: ChatMessage) -> Chat:
        """Put a message into its chat, where the phone shows it."""
        chat = self.chats.add(message)
        self.keep_message(message)
        return chat

    def settle(self, message: ChatMessage, status: str) -> bool:
        """Advance a message; False when it stood there or further already."""
        if not message.advance(status):
            return False
        self.keep_message(message)
        return True

    def keep_message(self, message: ChatMessage) -> None:
        """Show and remember what changed about a message."""
        if self.storage.remembers:
            self.storage.put_message(message.id, message)
        if self.live:
            self.live.tell_all({"type": "message", "message": message})

    def clear(self, chat: Chat) -> None:
        """Delete a chat from the phone; the log and the window know nothing of it."""
        for message in chat.messages:
            self.storage.remove_message(message.id)
        self.chats.forget(chat)
        self.live.tell_chat(chat.key, {"type": "cleared"})

    def keep_app(self, app: MetaApp) -> None:
        self.accounts.put_app(app)
        self.storage.put("app", app.app_id, account_document(app))

    def keep_waba(self, waba: BusinessAccount) -> None:
        self.accounts.put_waba(waba)
        self.storage.put("waba", waba.waba_id, account_document(waba))

    def keep_number(self, number: Number) -> None:
        self.accounts.put_number(number)
        self.storage.put("number", number.phone_number_id, account_document(number))

    def change_number(self, number: Number) -> None:
        """Keep what somebody changed about it, and show it on the account's page."""
        self.keep_number(number)
        self.live.tell_all({"type": "number", "id": number.phone_number_id})

    def keep_template(self, template: Template) -> None:
        self.templates.put(template)
        self.storage.put("template", template.id, template_document(template))

    def forget_template(self, template: Template) -> None:
        self.templates.remove(template)
        self.storage.remove("template", template.id)
        self.live.tell_all({"type": "template", "id": template.id})

    def keep_person(self, person: Person) -> None:
        self.people.put(person)
        self._keep_changed(person, person.wa_id)

    def move_person(self, person: Person, wa_id: str) -> None:
        """To another phone, with the chats."""
        before = person.wa_id
        self.people.change(person, wa_id=wa_id)
        for chat in self.chats.move(before, wa_id):
            self.live.follow((chat.number_id, before), chat.key)
            for message in chat.messages:
                self.storage.put_message(message.id, message)
        self.postman.same_lane(before, wa_id)
        self.storage.remove("person", before)
        self._keep_changed(person, before)

    def rename_person(self, person: Person, user_id: str) -> None:
        self.people.change(person, user_id=user_id)
        self._keep_changed(person, person.wa_id)

    def _keep_changed(self, person: Person, wa_id_before: str) -> None:
        document = person_document(person)
        self.storage.put("person", person.wa_id, document)
        self.live.tell_all({"type": "person", "before": wa_id_before, "person": document})


def build_world(config: Config) -> World:
    """From the configuration alone, then from what an earlier life left in the data folder."""
    if config.data is not None:
        config.data.mkdir(parents=True, exist_ok=True)
    clock = Clock()
    accounts = Accounts()
    faults = Faults(config.seed)
    journal = Journal(clock, config.log_kept, config.data / "log.jsonl" if config.data else None)
    storage = Storage(config.data / "simulator.sqlite3" if config.data else None)
    world = World(
        config,
        clock,
        journal,
        storage,
        accounts,
        People(),
        Chats(config.chat_kept, config.messages_kept),
        faults,
        SpeedLimits(config.limits),
        Postman(config, clock, accounts, faults, journal, storage),
        Live(),
        MediaFiles(clock, storage, config.data),
        Uploads(),
        Templates(),
    )
    _remember(world)
    return world


def _remember(world: World) -> None:
    for document in world.storage.documents("app"):
        world.accounts.put_app(MetaApp(**document))
    for document in world.storage.documents("waba"):
        world.accounts.put_waba(BusinessAccount(**document))
    for document in world.storage.documents("number"):
        world.accounts.put_number(Number(**document))
    for document in world.storage.documents("person"):
        world.people.put(Person(**document))
    for document in world.storage.documents("template"):
        world.templates.put(Template(**document))
    for document in world.storage.messages(world.config.messages_kept):
        world.chats.add(ChatMessage(**document))
