interface LogoProps {
  size?: number
}

/** The mark: a speech bubble holding a prompt. It is decoration; the name is written beside it. */
export function Logo({ size = 28 }: LogoProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path
        fill="#f0a31a"
        d="M10 2h12a8 8 0 0 1 8 8v9a8 8 0 0 1-8 8h-8.2l-6 4.2A1.2 1.2 0 0 1 6 30.2v-4.3A8 8 0 0 1 2 19v-9a8 8 0 0 1 8-8Z"
      />
      <path
        fill="none"
        stroke="#2a1c05"
        strokeWidth="3.2"
        strokeLinecap="round"
        strokeLinejoin="round"
        d="m9.5 9.5 5.5 5-5.5 5M18 19.5h5"
      />
    </svg>
  )
}
