import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// A whole form is rendered on machines that do other things meanwhile.
configure({ asyncUtilTimeout: 30_000 });
jest.setTimeout(60_000);

// The scaffolder's stepper scrolls to the top of each page; jsdom only complains.
window.scrollTo = () => {};
