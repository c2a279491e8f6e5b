// Two short sounds, made here: nothing is fetched. Browsers stay silent until the page was touched once; that is fine.

type Sound = 'message' | 'handoff';

const NOTES: Record<Sound, readonly number[]> = { message: [660], handoff: [660, 880] };

let context: AudioContext | null = null;

export function chime(sound: Sound): void {
  if (!navigator.userActivation?.hasBeenActive) return;
  context ??= new AudioContext();
  const { currentTime, destination } = context;
  NOTES[sound].forEach((frequency, i) => {
    const tone = context!.createOscillator();
    const volume = context!.createGain();
    const at = currentTime + i * 0.14;
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.0001, at);
    volume.gain.exponentialRampToValueAtTime(0.12, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.22);
    tone.connect(volume).connect(destination);
    tone.start(at);
    tone.stop(at + 0.25);
  });
}
