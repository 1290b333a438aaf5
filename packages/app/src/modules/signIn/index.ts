export { SignInAs } from './SignInAs';
export { signInModule } from './signInModule';
