import { ApiError } from '@/shared/api/errors'
import { fieldErrors } from './field-errors'

function invalid(...fields: object[]) {
  return new ApiError(422, 'invalid', 'The request is not valid.', { fields })
}

test('names each field as the form does, and says once what is wrong with it', () => {
  const error = invalid(
    { field: 'body.name', code: 'string_too_long', message: '', allowed: { max_length: 255 } },
    { field: 'body.name', code: 'string_pattern_mismatch', message: '', allowed: {} },
    {
      field: 'body.limits.max_agents',
      code: 'greater_than_equal',
      message: '',
      allowed: { ge: 0 },
    },
    { field: 'query.limit', code: 'something_new', message: 'English', allowed: {} },
  )
  expect(fieldErrors(error)).toEqual({
    name: 'Longo demais: no máximo 255 caracteres.',
    'limits.max_agents': 'No mínimo 0.',
    limit: 'Valor inválido.',
  })
})

test('a refusal of another kind goes where the form says', () => {
  const error = new ApiError(409, 'not_found', '')
  expect(fieldErrors(error, { not_found: 'slug' })).toEqual({
    slug: 'Isto não existe mais, ou você não tem acesso.',
  })
  expect(fieldErrors(error)).toEqual({})
  expect(fieldErrors(new Error('a bug'))).toEqual({})
})
