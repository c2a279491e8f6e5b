// Calls to the staff's API, typed by the OpenAPI schema. Every failure is an ApiProblem.

import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from '../generated/api';
import { ApiProblem, problemOf, unreachable } from './problem';
import { session, siteKey } from './session';

const ANSWER_MS = 20_000;

export function staffHeaders(): Record<string, string> {
  const token = session.token;
  return { 'X-PUBLIC-KEY': siteKey, ...(token ? { Authorization: `Bearer ${token}` } : {}) };
}

const signed: Middleware = {
  onRequest({ request }) {
    for (const [name, value] of Object.entries(staffHeaders())) request.headers.set(name, value);
    return request;
  },
};

/** Waits for an answer, but not for ever: what hangs must become visible. */
function patientFetch(request: Request): Promise<Response> {
  return fetch(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(ANSWER_MS)]) });
}

export const api = createClient<paths>({
  baseUrl: location.origin,
  credentials: 'omit',
  cache: 'no-store',
  fetch: patientFetch,
});
api.use(signed);

/** The answer's body as `T`; the schema says what may be asked, and `api/types.ts` what is answered. */
export async function read<T>(
  call: Promise<{ data?: unknown; response: Response; error?: unknown }>,
): Promise<T> {
  let answer: { data?: unknown; response: Response; error?: unknown };
  try {
    answer = await call;
  } catch (error) {
    if (error instanceof ApiProblem) throw error;
    throw unreachable();
  }
  if (!answer.response.ok) throw refused(answer.response, answer.error);
  return answer.data as T;
}

function refused(response: Response, error: unknown): ApiProblem {
  const body = (error ?? {}) as Partial<{ code: string; detail: string; errors: ApiProblem['fields'] }>;
  const wait = Number(response.headers.get('Retry-After'));
  const problem = new ApiProblem(
    response.status,
    body.code ?? 'http',
    body.detail ?? null,
    wait > 0 ? wait : null,
    body.errors ?? [],
  );
  endIfUnknown(problem);
  return problem;
}

/** The token is not valid any more: everybody in this browser is sent to sign in. */
export function endIfUnknown(problem: ApiProblem): void {
  if (problem.status === 401 && problem.code === 'staff.invalid_token') session.end('expired');
}

/** For streams: the response as it comes. With a `body` it is posted. */
export async function open(
  path: string,
  headers: Record<string, string>,
  signal: AbortSignal,
  body?: unknown,
): Promise<Response> {
  const posted = body !== undefined && { method: 'POST', body: JSON.stringify(body) };
  let response: Response;
  try {
    response = await fetch(path, {
      ...posted,
      headers: {
        ...staffHeaders(),
        Accept: 'text/event-stream',
        ...(posted && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      credentials: 'omit',
      cache: 'no-store',
      signal,
    });
  } catch {
    throw unreachable();
  }
  if (response.ok) return response;
  const problem = await problemOf(response);
  endIfUnknown(problem);
  throw problem;
}
