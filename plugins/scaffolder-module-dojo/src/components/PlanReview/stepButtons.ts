/** The buttons below a step of a form. */
export interface StepButtons {
  readonly back: HTMLButtonElement | undefined;
  readonly next: HTMLButtonElement | undefined;
}

/**
 * The buttons of the step that an element is in. The scaffolder's form hands a field no other way to them than the page:
 * the one that submits is last, and before it the one that goes back.
 */
export function stepButtons(inside: Element | null): StepButtons {
  const next = inside
    ?.closest('form')
    ?.querySelector<HTMLButtonElement>(':scope button[type="submit"]');
  const back = next?.parentElement?.querySelector<HTMLButtonElement>(
    'button:not([type="submit"])',
  );
  return { back: back ?? undefined, next: next ?? undefined };
}
