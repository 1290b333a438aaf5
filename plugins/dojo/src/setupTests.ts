import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';
import { answerMediaQueries } from './__testUtils__/windowWidth';

// A whole app is rendered on machines that do other things meanwhile.
configure({ asyncUtilTimeout: 30_000 });
jest.setTimeout(60_000);
answerMediaQueries();

// What Material UI leaves in the page makes each query by role of the next tests slower.
afterEach(() => {
  for (const sheet of document.querySelectorAll('style[data-jss]')) {
    sheet.remove();
  }
});
