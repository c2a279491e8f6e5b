// Two soft notes, made on the spot; only where the visitor asked for them and is looking elsewhere.

import type { View } from './store';

export function chime({ sound, open }: View): void {
  if (!sound || (open && !document.hidden)) return;
  try {
    const context = new AudioContext();
    [660, 880].forEach((frequency, i) => {
      const at = context.currentTime + i * 0.12;
      const tone = context.createOscillator();
      const volume = context.createGain();
      tone.frequency.value = frequency;
      volume.gain.setValueAtTime(0.0001, at);
      volume.gain.exponentialRampToValueAtTime(0.08, at + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.35);
      tone.connect(volume).connect(context.destination);
      tone.start(at);
      tone.stop(at + 0.4);
    });
    setTimeout(() => void context.close(), 1000);
  } catch {
    // No sound device, or the browser wants a click first: the badge says the same.
  }
}
