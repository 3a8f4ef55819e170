import {
  IconApi,
  IconDeviceMobile,
  IconHeadset,
  IconRobot,
  IconSpeakerphone,
  type Icon,
} from '@tabler/icons-react'

interface Sender {
  label: 'sender.bot' | 'sender.agent' | 'sender.phone' | 'sender.campaign' | 'sender.api'
  icon: Icon
}

/** Who of ours can have written a message. */
const senders: Record<string, Sender> = {
  bot: { label: 'sender.bot', icon: IconRobot },
  agent: { label: 'sender.agent', icon: IconHeadset },
  phone: { label: 'sender.phone', icon: IconDeviceMobile },
  campaign: { label: 'sender.campaign', icon: IconSpeakerphone },
  api: { label: 'sender.api', icon: IconApi },
}

export function senderOf(senderType: string | null): Sender | undefined {
  return senders[senderType ?? '']
}
