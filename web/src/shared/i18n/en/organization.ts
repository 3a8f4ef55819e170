import type { organization as source } from '../pt-br/organization'

export const organization: typeof source = {
  organization: {
    title: 'Organization',
    subtitle: 'Your organization’s details, its plan and how much of it is in use.',
    details: 'Details',
    readOnly: 'You can see these details but not change them.',
    name: 'Name',
    nameHint: 'Shown to the team and in invitations by e-mail.',
    nameMissing: 'Enter the organization’s name.',
    slug: 'Identifier',
    slugHint:
      'The organization’s short name in this installation: used by the server’s commands and to confirm its deletion. Changing it affects neither API keys nor conversations.',
    slugInvalid:
      'Use lowercase letters without accents, digits and single hyphens, like aurora-bakery.',
    timezone: 'Time zone',
    timezoneHint:
      'For the whole team: the times of conversations, reports, and the day on which a month of messages begins.',
    timezoneSearch: 'Search by city or country',
    timezoneNone: 'No time zone of that name.',
    timezoneNow: 'It is {{time}} there now.',
    timezonesBrazil: 'Brazil',
    timezonesWorld: 'World',
    locale: 'Organization’s language',
    localeHint:
      'Everybody picks the language they use PyTake in from the account menu; this is the organization’s.',
    save: 'Save changes',
    discard: 'Discard',
    saved: 'Organization saved.',
    plan: 'Plan',
    plans: {
      free: 'Free',
      starter: 'Starter',
      professional: 'Professional',
      enterprise: 'Enterprise',
    },
    planText: 'Plan and limits are set by whoever runs this installation.',
    planUntil: 'Valid until {{date}}.',
    planEnded:
      'The plan ended on {{date}}. Since then the free plan’s limits hold, where they are lower.',
    planNearEnd:
      'The plan ends on {{date}}. Then the free plan’s limits hold, where they are lower.',
    since: 'Since {{date}}',
    unlimited: 'unlimited',
    used: '{{used}} in use',
    usedMore: 'more than {{used}} in use',
    usedOf: '{{used}} of {{allowed}}',
    left: '{{count}} left.',
    nearLimit: '{{percent}} of the limit.',
    atLimit: 'Limit reached: to create more, remove one or ask for a larger plan.',
    overLimit: 'Above the limit: nothing was deleted, but no more can be created.',
    atMessageLimit: 'This month’s messages are used up.',
    limits: {
      max_chatbots: 'Bots',
      max_whatsapp_numbers: 'WhatsApp numbers',
      max_contacts: 'Contacts',
      max_agents: 'People who reply',
      max_departments: 'Departments',
      monthly_message_limit: 'Messages sent this month',
    },
    limitHints: {
      max_contacts: 'Whoever writes to you always gets in, even above the limit.',
      max_agents: 'Viewers do not count.',
    },
    messages: 'Messages',
    messagesText:
      'Messages of each month, by the organization’s clock. The count is some seconds behind.',
    sent: 'Sent',
    received: 'Received',
    monthSummary: '{{month}}: {{sent}} sent, {{received}} received',
    monthLimit: 'Monthly limit: {{limit}}',
    months: 'Messages by month',
    noMessages: 'No message has come through here yet.',
    pausedTitle: 'This month’s messages are used up',
    pausedText:
      'Until {{date}} bots are silent and nothing is sent. What customers write still arrives. A higher limit lifts this at once.',
    danger: 'Delete the organization',
    dangerText: 'Takes the whole team offline at once. See first what happens.',
    dangerFacts: {
      out: 'At once everybody is signed out, API keys stop working and bots fall silent.',
      kept: 'Nothing is erased: conversations, contacts and files stay in this installation’s database, without an end date, and what customers write is still stored.',
      back: 'Whoever runs the installation can bring the organization back as it was, or erase its data for good by hand.',
      trail:
        'The audit log is never erased, and the identifier {{slug}} does not become free for another organization.',
    },
    delete: 'Delete the organization…',
    deleteQuestion: 'Delete {{name}}?',
    deleteConsequence:
      'Everybody, you included, loses access now. Only whoever runs the installation can undo it.',
    deleteConfirm: 'Delete the organization',
    deleted: 'The organization was deleted.',
  },
}
