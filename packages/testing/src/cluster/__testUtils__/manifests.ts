export const job = `
apiVersion: batch/v1
kind: Job
metadata: {name: hello}
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{name: main, image: any, command: [echo, hello]}]
`;

export const definitionAndObject = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.dojo.test}
spec:
  group: dojo.test
  scope: Namespaced
  names: {kind: Thing, plural: things}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema: {type: object, properties: {size: {type: integer}}}
---
apiVersion: dojo.test/v1
kind: Thing
metadata: {name: one}
size: 1
`;

export const readersMayRead = `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: read}
rules: [{apiGroups: [""], resources: [configmaps], verbs: [get, list]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: read}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: read}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: readers}]
`;

export const nodeAndPod = (name: string) => `
apiVersion: v1
kind: Node
metadata: {name: ${name}}
---
apiVersion: v1
kind: Pod
metadata: {name: ${name}}
spec:
  nodeName: ${name}
  containers: [{name: main, image: any}]
`;
