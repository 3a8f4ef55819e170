import { useQuery } from '@tanstack/react-query'
import { api, unwrap } from '@/shared/api/client'
import { ALL, at, useChange, type Profile } from './api'

const PICTURE = '/api/v1/whatsapp-numbers/{number_id}/profile/picture'

/** What Meta shows, by its bytes: browsers may not ask other hosts. Undefined when there is none. */
export function usePicture(id: string, { picture_url: url }: Profile): string | undefined {
  return useQuery({
    queryKey: [...ALL, 'picture', id, url],
    queryFn: async ({ signal }) =>
      addressOf(await unwrap(api.GET(PICTURE, { ...at(id), parseAs: 'blob', signal }))),
    enabled: url !== null,
    staleTime: Infinity,
  }).data
}

export function useReplacePicture(id: string) {
  return useChange((picture: Blob) =>
    unwrap(
      api.PUT(PICTURE, {
        ...at(id),
        // The description of the API knows bytes as a string only.
        body: '',
        bodySerializer: () => picture,
        headers: { 'Content-Type': 'image/jpeg' },
      }),
    ),
  )
}

function addressOf(picture: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onloadend = () => {
      const { result } = reader
      if (typeof result === 'string') resolve(result)
      else reject(new Error('the picture could not be read'))
    }
    reader.readAsDataURL(picture)
  })
}
