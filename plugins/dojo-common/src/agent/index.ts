export * from './agent-plans';
export * from './agent-reads';
export * from './agent-runs';
