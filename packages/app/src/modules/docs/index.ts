export { docsPlugin } from './docsPlugin';
