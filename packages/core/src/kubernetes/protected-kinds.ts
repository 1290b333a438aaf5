/** Kinds that hold what cannot be made again, or all that is in them: no code path deletes one, whatever its group. */
const protectedKinds: ReadonlySet<string> = new Set([
  'PersistentVolumeClaim',
  'PersistentVolume',
  'Namespace',
  'CustomResourceDefinition',
  'StorageClass',
]);

/** Whether objects of a kind are never deleted by us. */
export function isProtectedKind(kind: string): boolean {
  return protectedKinds.has(kind);
}
