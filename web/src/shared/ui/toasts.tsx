import { useMediaQuery } from '@mantine/hooks'
import { Notifications } from '@mantine/notifications'

/** Where toasts are told: away from the buttons, which end forms on the right and a phone's page below. */
export function Toasts() {
  const phone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false })
  return <Notifications position={phone ? 'top-center' : 'bottom-center'} />
}
