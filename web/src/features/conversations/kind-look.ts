import {
  IconClick,
  IconFile,
  IconForms,
  IconHelpHexagon,
  IconInfoCircle,
  IconMapPin,
  IconMicrophone,
  IconMoodOff,
  IconMoodSmile,
  IconPencil,
  IconPhoneCheck,
  IconPhoneX,
  IconPhoto,
  IconShoppingBag,
  IconSticker2,
  IconTemplate,
  IconTrash,
  IconUser,
  IconVideo,
  type Icon,
} from '@tabler/icons-react'

interface KindLook {
  icon: Icon
  label:
    | 'message.image'
    | 'message.video'
    | 'message.audio'
    | 'message.document'
    | 'message.sticker'
    | 'message.location'
    | 'message.contacts'
    | 'message.template'
    | 'message.order'
    | 'message.interactive'
    | 'message.form'
    | 'message.reaction'
    | 'message.reactionRemoved'
    | 'message.product'
    | 'message.callsPermitted'
    | 'message.callsRefused'
    | 'message.system'
    | 'message.edited'
    | 'message.revoked'
    | 'message.unsupported'
}

/** How a line of text shows a message that is more, or less, than text. */
const looks: Record<string, KindLook> = {
  image: { icon: IconPhoto, label: 'message.image' },
  video: { icon: IconVideo, label: 'message.video' },
  audio: { icon: IconMicrophone, label: 'message.audio' },
  document: { icon: IconFile, label: 'message.document' },
  sticker: { icon: IconSticker2, label: 'message.sticker' },
  location: { icon: IconMapPin, label: 'message.location' },
  contacts: { icon: IconUser, label: 'message.contacts' },
  template: { icon: IconTemplate, label: 'message.template' },
  order: { icon: IconShoppingBag, label: 'message.order' },
  interactive: { icon: IconClick, label: 'message.interactive' },
  form: { icon: IconForms, label: 'message.form' },
  reaction: { icon: IconMoodSmile, label: 'message.reaction' },
  unreacted: { icon: IconMoodOff, label: 'message.reactionRemoved' },
  product: { icon: IconShoppingBag, label: 'message.product' },
  calls_permitted: { icon: IconPhoneCheck, label: 'message.callsPermitted' },
  calls_refused: { icon: IconPhoneX, label: 'message.callsRefused' },
  edited: { icon: IconPencil, label: 'message.edited' },
  revoked: { icon: IconTrash, label: 'message.revoked' },
  system: { icon: IconInfoCircle, label: 'message.system' },
  unsupported: { icon: IconHelpHexagon, label: 'message.unsupported' },
}

export function kindLook(type: string): KindLook | undefined {
  return looks[type]
}
