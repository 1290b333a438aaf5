import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';
import { answerMediaQueries } from './__testUtils__/windowWidth';

// A whole app is rendered on machines that do other things meanwhile.
configure({ asyncUtilTimeout: 30_000 });
jest.setTimeout(60_000);
answerMediaQueries();
