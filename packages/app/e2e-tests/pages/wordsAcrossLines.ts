import type { Locator } from '@playwright/test';

/** Addresses and digests are longer than any line; words are not. */
const longestWord = 24;

/** Words that are cut by the end of a line, as they are read; what is folded is not. */
export function wordsAcrossLines(of: Locator): Promise<string[]> {
  return of.evaluate((root, longest) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const cut: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement?.checkVisibility()) continue;
      for (const { 0: word, index = 0 } of (node.nodeValue ?? '').matchAll(
        /[^\s/-]+/g,
      )) {
        if (word.length > longest) continue;
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const tops = [...range.getClientRects()].map(({ top }) =>
          Math.round(top),
        );
        if (new Set(tops).size > 1) cut.push(word);
      }
    }
    return cut;
  }, longestWord);
}
