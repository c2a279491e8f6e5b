// The visitor API over fetch: the public key names the site, the token goes in a header and never in an address.

export class ApiError extends Error {
  constructor(
    /** 0 when there was no answer at all. */
    readonly status: number,
    readonly code: string,
    readonly retryAfter: number | null = null,
    readonly fields: readonly { field: string; code: string }[] = [],
  ) {
    super(`${status} ${code}`);
  }
}

export interface CallOptions {
  body?: unknown;
  token?: string | null;
  accept?: string;
  lastEventId?: string | null;
  signal?: AbortSignal;
  /** Goes out even if the page is left in the same moment. */
  keepalive?: boolean;
}

export type Call = (method: string, path: string, options?: CallOptions) => Promise<Response>;

const JSON_ANSWER_MS = 15_000;

/** Every failure is an ApiError. Only the headers are waited for. */
export function api(key: string): Call {
  return async (method, path, { body, token, accept, lastEventId, signal, keepalive = false } = {}) => {
    const headers: Record<string, string> = { 'X-PUBLIC-KEY': key };
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    if (token) headers['Authorization'] = 'Bearer ' + token;
    if (accept) headers['Accept'] = accept;
    if (lastEventId != null) headers['Last-Event-ID'] = lastEventId;
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), JSON_ANSWER_MS);
    signal?.addEventListener('abort', () => giveUp.abort());
    let response: Response;
    try {
      response = await fetch('/api/webchat' + path, {
        method,
        headers,
        credentials: 'omit',
        cache: 'no-store',
        keepalive,
        signal: giveUp.signal,
        ...(body !== undefined ? { body: JSON.stringify(body) } : {}),
      });
    } catch {
      throw new ApiError(0, 'network');
    } finally {
      clearTimeout(timer);
    }
    if (!response.ok) throw await problem(response);
    return response;
  };
}

async function problem(response: Response): Promise<ApiError> {
  let body: { code?: string; errors?: { field: string; code: string }[] } = {};
  try {
    body = (await response.json()) as typeof body;
  } catch {
    // A proxy's own error page: the status says enough.
  }
  const wait = Number(response.headers.get('Retry-After'));
  return new ApiError(response.status, body.code ?? 'http', wait > 0 ? wait : null, body.errors ?? []);
}
