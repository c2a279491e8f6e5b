// Server-sent events as the HTML standard reads them, over fetch: EventSource cannot send the token as a header.

export interface SseFrame {
  id: string | null;
  event: string;
  data: string;
  /** Milliseconds to wait before connecting again, where the frame says so. */
  retry: number | null;
}

/** Feed it text as it arrives, however it is cut; it returns the frames that are complete. */
export class SseParser {
  private rest = '';
  private first = true;
  private frame = emptyFrame();

  push(chunk: string): SseFrame[] {
    let text = this.rest + chunk;
    if (this.first && text.length) {
      text = text.replace(/^\uFEFF/, '');
      this.first = false;
    }
    // A lone CR at the end may be half of a CRLF.
    const held = text.endsWith('\r') ? '\r' : '';
    const lines = text.slice(0, text.length - held.length).split(/\r\n|\n|\r/);
    this.rest = lines.pop()! + held;
    const frames: SseFrame[] = [];
    for (const line of lines) {
      if (line) this.field(line);
      else {
        if (this.frame.data || this.frame.retry !== null) frames.push(this.done());
        this.frame = emptyFrame();
      }
    }
    return frames;
  }

  private done(): SseFrame {
    return { ...this.frame, data: this.frame.data.replace(/\n$/, '') };
  }

  private field(line: string): void {
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'data') this.frame.data += value + '\n';
    else if (name === 'event') this.frame.event = value;
    else if (name === 'id' && !value.includes('\0')) this.frame.id = value;
    else if (name === 'retry' && /^\d+$/.test(value)) this.frame.retry = Number(value);
  }
}

const emptyFrame = (): SseFrame => ({ id: null, event: 'message', data: '', retry: null });
