import { Button, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WhatsAppNumber } from '../api'
import classes from '../numbers.module.css'
import { isRegistered, isUnproven } from '../standing'
import { CodeForm } from './code-form'
import { DeregisterDeed } from './deregister-deed'
import { PinForm } from './pin-form'
import { RegisterForm } from './register-form'

const DEEDS = ['Code', 'Register', 'Pin'] as const

type Deed = (typeof DEEDS)[number]

const FORMS = { Code: CodeForm, Register: RegisterForm, Pin: PinForm } as const

/** What a number needs at Meta before it may send; what is next is open already. */
export function Registration({ number }: { number: WhatsAppNumber }) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<Deed | 'none'>()
  const open = chosen ?? nextOf(number)

  /** To what is next then. */
  function goOn(): void {
    setChosen(undefined)
  }

  return (
    <Stack gap="md">
      {DEEDS.map((deed) => {
        const Form = FORMS[deed]
        const isOpen = deed === open
        return (
          <div key={deed} className={classes.deed}>
            <div className={classes.deedHead}>
              <div>
                <h3>{t(`numbers.deeds.${deed}`)}</h3>
                <p>{t(`numbers.deeds.${deed}Text`)}</p>
              </div>
              <Button
                variant="default"
                aria-expanded={isOpen}
                onClick={() => setChosen(isOpen ? 'none' : deed)}
              >
                {isOpen ? t('app.close') : t(`numbers.deeds.${deed}Open`)}
              </Button>
            </div>
            {isOpen && <Form id={number.id} onDone={goOn} />}
          </div>
        )
      })}
      {isRegistered(number) && <DeregisterDeed number={number} onDone={goOn} />}
    </Stack>
  )
}

function nextOf(number: WhatsAppNumber): Deed | undefined {
  if (number.status === null || number.status === 'CONNECTED') return undefined
  return number.status === 'UNVERIFIED' || isUnproven(number) ? 'Code' : 'Register'
}
