/** Milliseconds to the second, as a sentence about a past takes them: `9 s`, `3 min 12 s`, `2 h 5 min`. */
export function preciseSpan(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  const [hours, minutes] = [
    Math.floor(seconds / 3_600),
    Math.floor(seconds / 60) % 60,
  ];
  const parts =
    hours > 0
      ? [`${hours} h`, minutes > 0 && `${minutes} min`]
      : [
          minutes > 0 && `${minutes} min`,
          (minutes === 0 || seconds % 60 > 0) && `${seconds % 60} s`,
        ];
  return parts.filter(Boolean).join(' ');
}
