/** What the server refused, or that it could not be reached. `code` is stable; texts are chosen by it. */
export class ApiProblem extends Error {
  constructor(
    /** 0 when there was no answer at all. */
    readonly status: number,
    readonly code: string,
    readonly detail: string | null = null,
    /** Seconds to wait, where the server says so. */
    readonly retryAfter: number | null = null,
    readonly fields: readonly { field: string; code: string; message: string }[] = [],
  ) {
    super(`${status} ${code}`);
  }

  /** Trying again later may help: the line or the server is at fault, not the request. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export const unreachable = (): ApiProblem => new ApiProblem(0, 'network');

export async function problemOf(response: Response): Promise<ApiProblem> {
  let body: Partial<{ code: string; detail: string; errors: ApiProblem['fields'] }> = {};
  try {
    body = (await response.json()) as typeof body;
  } catch {
    // A proxy's own error page: the status says enough.
  }
  const wait = Number(response.headers.get('Retry-After'));
  return new ApiProblem(
    response.status,
    body.code ?? 'http',
    body.detail ?? null,
    wait > 0 ? wait : null,
    body.errors ?? [],
  );
}
