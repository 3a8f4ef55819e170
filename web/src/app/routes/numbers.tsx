import { useNavigate, useParams } from '@tanstack/react-router'
import { ConnectPage } from '@/features/numbers/connect/connect-page'
import { NumberPage } from '@/features/numbers/one/number-page'

export function ConnectRoute() {
  const navigate = useNavigate()
  return <ConnectPage onDone={() => void navigate({ to: '/numbers' })} />
}

export function NumberRoute() {
  const { id } = useParams({ from: '/signed-in/numbers/$id' })
  const navigate = useNavigate()
  return (
    <NumberPage key={id} numberId={id} onDisconnected={() => void navigate({ to: '/numbers' })} />
  )
}
