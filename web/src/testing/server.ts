import { setupServer } from 'msw/node'

/** Answers what a test tells it to; any other request fails the test. */
export const server = setupServer()
