import { cutBody, maxRequestBody } from './cut-body';

describe('cutBody', () => {
  it('leaves a short body as it is', () => {
    const body = 'x'.repeat(maxRequestBody);
    expect(cutBody(body)).toBe(body);
  });

  it('cuts a long one at the end of a line, and says so', () => {
    const line = `${'x'.repeat(99)}\n`;
    const cut = cutBody(line.repeat(700));
    expect(cut.length).toBeLessThanOrEqual(maxRequestBody);
    expect(cut.length).toBeGreaterThan(maxRequestBody - 200);
    expect(cut).toMatch(
      /^(?:x{99}\n)+\n… The rest is too long for this page\.\n$/,
    );
  });

  it('leaves no half of a character', () => {
    for (const limit of [100, 101]) {
      const cut = cutBody('🚀'.repeat(100), limit);
      expect(cut.length).toBeLessThanOrEqual(limit);
      expect(() => encodeURIComponent(cut)).not.toThrow();
    }
  });
});
