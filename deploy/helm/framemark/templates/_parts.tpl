{{- define "framemark.labels" -}}
app.kubernetes.io/name: framemark
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "framemark.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{- define "framemark.claim" -}}
{{ .Values.files.existingClaim | default (printf "%s-files" .Release.Name) }}
{{- end }}

{{- define "framemark.pod" -}}
securityContext:
  runAsNonRoot: true
  runAsUser: 1000
  runAsGroup: 1000
  fsGroup: 1000
  seccompProfile: { type: RuntimeDefault }
automountServiceAccountToken: false
terminationGracePeriodSeconds: 40
volumes:
  - name: files
    persistentVolumeClaim: { claimName: {{ include "framemark.claim" . }} }
  - name: tmp
    emptyDir: {}
{{- end }}

{{- define "framemark.container" -}}
image: {{ include "framemark.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
envFrom:
  - secretRef: { name: {{ .Values.existingSecret }} }
volumeMounts:
  - { name: files, mountPath: /data }
  - { name: tmp, mountPath: /tmp }
{{- end }}

{{- define "framemark.settings" -}}
- { name: NEXTAUTH_URL, value: {{ .Values.url | quote }} }
{{- range $name, $value := .Values.settings }}
- { name: {{ $name }}, value: {{ $value | quote }} }
{{- end }}
{{- end }}

{{- define "framemark.direct" -}}
# Around PgBouncer, where there is one.
- name: DIRECT_DATABASE_URL
  valueFrom:
    secretKeyRef: { name: {{ .Values.existingSecret }}, key: DIRECT_DATABASE_URL, optional: true }
{{- end }}
