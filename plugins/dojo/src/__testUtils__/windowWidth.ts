let width = 1440;
const listeners = new Set<() => void>();

/** Makes the window as wide as a test wants it; jsdom lays nothing out and answers no media query. */
export function setWindowWidth(pixels: number) {
  width = pixels;
  for (const changed of listeners) changed();
}

function matches(query: string): boolean {
  const [, least] = /min-width:\s*([\d.]+)px/.exec(query) ?? [];
  const [, most] = /max-width:\s*([\d.]+)px/.exec(query) ?? [];
  if (least === undefined && most === undefined) return false;
  return width >= Number(least ?? 0) && width <= Number(most ?? Infinity);
}

/** Answers media queries about the width alone. Before anything is imported: @backstage/ui looks whether it is there. */
export function answerMediaQueries() {
  window.matchMedia = query => {
    const listen = (_: string, changed: () => void) => listeners.add(changed);
    const ignore = (_: string, changed: () => void) =>
      listeners.delete(changed);
    return {
      get matches() {
        return matches(query);
      },
      media: query,
      addEventListener: listen,
      removeEventListener: ignore,
      addListener: (changed: () => void) => listeners.add(changed),
      removeListener: (changed: () => void) => listeners.delete(changed),
    } as unknown as MediaQueryList;
  };
}
