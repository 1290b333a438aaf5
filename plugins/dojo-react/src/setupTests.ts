import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Components are rendered on machines that do other things meanwhile.
configure({ asyncUtilTimeout: 30_000 });
jest.setTimeout(60_000);
