import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { api, done, unwrap } from '@/shared/api/client'
import { once, useIntent } from '@/shared/api/use-intent'
import type { Department, DepartmentChange, DepartmentWrite, Place } from '../types'
import { forget } from './forget'
import { teamKeys } from './keys'

export function useDepartments() {
  return useQuery({
    queryKey: teamKeys.departments,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/departments', { signal })),
    select: ({ items }) => items,
  })
}

export function useDepartment(id: string) {
  return useQuery({
    queryKey: teamKeys.department(id),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/departments/{department_id}', { ...at(id), signal })),
  })
}

export function useCreateDepartment() {
  const queries = useQueryClient()
  const create = useIntent((body: DepartmentWrite, key) =>
    unwrap(api.POST('/api/v1/departments', { body, params: once(key) })),
  )
  return useMutation({
    mutationFn: create,
    onSuccess: (made) => keep(queries, made),
  })
}

export function useChangeDepartment(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: DepartmentChange) =>
      unwrap(api.PATCH('/api/v1/departments/{department_id}', { ...at(id), body })),
    onSuccess: (changed) => keep(queries, changed),
  })
}

export function useDeleteDepartment(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => done(api.DELETE('/api/v1/departments/{department_id}', at(id))),
    onSuccess: () => {
      // Not for the department itself: it is gone.
      void queries.invalidateQueries({ queryKey: teamKeys.departments, exact: true })
      forget(queries, teamKeys.everybody, teamKeys.usage)
    },
  })
}

export function useMembers(id: string) {
  return useQuery({
    queryKey: teamKeys.members(id),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/departments/{department_id}/members', { ...at(id), signal })),
    select: ({ items }) => items,
  })
}

interface Placing {
  departmentId: string
  userId: string
  place: Place
}

/** Let somebody work in a department, or change how. */
export function usePlace() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ departmentId, userId, place }: Placing) =>
      unwrap(
        api.PUT('/api/v1/departments/{department_id}/members/{user_id}', {
          params: { path: { department_id: departmentId, user_id: userId } },
          body: place,
        }),
      ),
    onSuccess: (_, { userId }) => forgetPlaces(queries, userId),
  })
}

export function useLeave() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ departmentId, userId }: Omit<Placing, 'place'>) =>
      done(
        api.DELETE('/api/v1/departments/{department_id}/members/{user_id}', {
          params: { path: { department_id: departmentId, user_id: userId } },
        }),
      ),
    onSuccess: (_, { userId }) => forgetPlaces(queries, userId),
  })
}

function at(id: string) {
  return { params: { path: { department_id: id } } }
}

function keep(queries: QueryClient, department: Department): void {
  queries.setQueryData(teamKeys.department(department.id), department)
  void queries.invalidateQueries({ queryKey: teamKeys.departments, exact: true })
  forget(queries, teamKeys.everybody, teamKeys.usage)
}

/** Who works where is told by people, by departments and by their members. */
function forgetPlaces(queries: QueryClient, userId: string): void {
  forget(
    queries,
    teamKeys.everyMember,
    teamKeys.departments,
    teamKeys.everybody,
    teamKeys.person(userId),
  )
}
