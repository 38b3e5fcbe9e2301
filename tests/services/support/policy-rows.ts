import { Readable } from "node:stream";
import { USUAL_READING } from "@/lib/domain/reading";
import { newId } from "@/lib/server/ids";

/** The people of the policy test, each somebody else to the project at hand. */
export const PEOPLE = [
  "admin",
  "lead",
  "adjudicator",
  "annotator",
  /** Annotates the assignment at hand. */
  "owner",
  "viewer",
  /** Annotated another assignment of the project, and is no member any more. */
  "former",
  "stranger",
  "foreignLead",
] as const;
export type Person = (typeof PEOPLE)[number];

/** What the inputs of a row point at. */
export type Places = {
  projectId: string;
  documentId: string;
  assignmentId: string;
  /** A member whom acts are tried on; none of the people above. */
  spareId: string;
  textSha256: string;
};

/** A valid input of a use case, and who may use it, apart from what lib/domain/policy.ts says. */
type Row = { input: (places: Places) => Record<string, unknown>; may: readonly Person[] };

const everyone = PEOPLE;
const admins = ["admin"] as const;
const leads = ["lead", "admin"] as const;
const members = ["admin", "lead", "adjudicator", "annotator", "owner", "viewer"] as const;
const workers = ["lead", "adjudicator", "annotator", "owner"] as const;
const judges = ["lead", "adjudicator", "admin"] as const;
const talkers = ["admin", "lead", "adjudicator", "annotator", "owner"] as const;
const owner = ["owner"] as const;
const anyLead = ["admin", "lead", "foreignLead"] as const;

const nothing = () => ({});
const project = ({ projectId }: Places) => ({ projectId });
const assignment = ({ assignmentId }: Places) => ({ assignmentId });
const spare = ({ spareId }: Places) => ({ userId: spareId });
const spareMember = ({ projectId, spareId }: Places) => ({ projectId, userId: spareId });
const theImport = ({ projectId }: Places) => ({ projectId, importId: newId() });
const document = ({ projectId, documentId }: Places) => ({ projectId, documentId });
const event = ({ projectId }: Places) => ({ projectId, eventId: newId() });
const suggestion = ({ projectId }: Places) => ({ projectId, suggestionId: newId() });
const entityList = ({ projectId, documentId }: Places) => ({
  projectId,
  of: { kind: "document", id: documentId },
});
const correction = ({ projectId, documentId }: Places) => ({
  projectId,
  documentId,
  version: 9,
  lines: [{ from: 0, role: "headline", text: "A headline" }],
});
const job = ({ projectId }: Places) => ({ projectId, jobId: newId() });
const adjudication = ({ projectId }: Places) => ({ projectId, adjudicationId: newId() });
const discussion = ({ projectId }: Places) => ({ projectId, discussionId: newId() });
const theRelease = ({ projectId }: Places) => ({ projectId, releaseId: newId() });
const round = ({ projectId }: Places) => ({ projectId, roundId: newId() });
const webhook = ({ projectId }: Places) => ({ projectId, webhookId: newId() });
const plan = ({ projectId, documentId, spareId }: Places) => ({
  projectId,
  settings: {},
  annotators: [{ userId: spareId }],
  documentIds: [documentId],
});

/** By name of the use case. A new one needs its row, or the policy test fails. */
export const ROWS: Record<string, Row> = {
  // accounts
  openInvite: { input: () => ({ secret: "no such secret" }), may: everyone },
  acceptInvite: {
    input: () => ({ secret: "no such secret", name: "Ada", password: "harbour lantern 47" }),
    may: everyone,
  },
  listDemoAccounts: { input: nothing, may: everyone },
  readOwnAccount: { input: nothing, may: everyone },
  changeOwnName: { input: () => ({ name: "Ada Roe" }), may: everyone },
  changeOwnPassword: {
    input: () => ({ present: PASSWORD, password: "harbour lantern 47" }),
    may: everyone,
  },
  setTheme: { input: () => ({ theme: "dark" }), may: everyone },
  setReading: { input: () => USUAL_READING, may: everyone },
  readOwnKeys: { input: nothing, may: everyone },
  setOwnKeys: { input: () => ({ keys: { commands: { find: ["f"] }, labels: {} } }), may: everyone },
  listOwnSessions: { input: nothing, may: everyone },
  readWaysIn: { input: nothing, may: everyone },
  setOwnPlace: { input: () => ({ language: "de", timeZone: "Europe/Vienna" }), may: everyone },
  downloadOwnData: { input: nothing, may: everyone },
  eraseOwnAccount: { input: () => ({ email: "not.mine@example.org" }), may: everyone },
  proveIdentity: { input: () => ({ present: PASSWORD }), may: everyone },
  revokeOwnSession: { input: () => ({ sessionId: newId() }), may: everyone },

  readSecondFactor: { input: nothing, may: everyone },
  beginSecondFactor: { input: nothing, may: everyone },
  confirmSecondFactor: { input: () => ({ code: "000000" }), may: everyone },
  renewRecoveryCodes: { input: nothing, may: everyone },
  removeSecondFactor: { input: nothing, may: everyone },
  resetSecondFactor: { input: spare, may: admins },
  requestPasswordReset: { input: () => ({ email: "nobody@example.org" }), may: everyone },

  // site
  openSite: { input: nothing, may: admins },
  sendTestMail: { input: nothing, may: admins },
  testProvider: { input: nothing, may: admins },
  setSecondFactorOf: { input: () => ({ of: "nobody" }), may: admins },
  setBanner: { input: () => ({ banner: "Away at noon." }), may: admins },

  // users
  listUsers: { input: nothing, may: admins },
  openUser: { input: spare, may: admins },
  endUserSessions: { input: spare, may: admins },
  previewInvites: { input: () => ({ list: "somebody@example.org" }), may: admins },
  inviteMany: { input: () => ({ list: `${newId()}@example.org` }), may: admins },
  listAllProjects: { input: nothing, may: admins },
  purgeProject: { input: (places) => ({ ...project(places), name: "not its name" }), may: admins },
  listAllJobs: { input: nothing, may: admins },
  readStorage: { input: nothing, may: admins },
  listAuditLog: { input: nothing, may: admins },
  listAuditActions: { input: nothing, may: admins },
  exportAuditLog: { input: nothing, may: admins },
  createUser: {
    input: () => ({ email: `${newId()}@example.org`, name: "Ada Roe", role: "admin" }),
    may: admins,
  },
  createUserWithPassword: {
    input: () => ({
      email: `${newId()}@example.org`,
      name: "Ada Roe",
      role: "user",
      password: PASSWORD,
    }),
    may: admins,
  },
  createPasswordLink: { input: spare, may: admins },
  setUserRole: { input: (places) => ({ ...spare(places), role: "admin" }), may: admins },
  disableUser: { input: spare, may: admins },
  enableUser: { input: spare, may: admins },

  // onboarding
  openOnboarding: { input: project, may: leads },
  saveOnboarding: {
    input: (places) => ({ ...project(places), revision: 0, settings: {} }),
    may: leads,
  },
  publishConsent: { input: (places) => ({ ...project(places), body: "I agree." }), may: leads },
  proposeQuiz: { input: project, may: leads },
  readAnswerGroups: { input: project, may: leads },
  openSteps: { input: project, may: workers },
  listOpenSteps: { input: nothing, may: everyone },
  giveConsent: { input: (places) => ({ ...project(places), version: 1 }), may: workers },
  withdrawConsent: { input: project, may: workers },
  saveAnswers: { input: (places) => ({ ...project(places), answers: {} }), may: workers },
  withdrawAnswers: { input: project, may: workers },
  takeQuiz: { input: (places) => ({ ...project(places), chosen: {} }), may: workers },
  readTrainingFeedback: { input: assignment, may: owner },
  retryTraining: { input: assignment, may: owner },
  revealSource: { input: assignment, may: owner },
  openOwnDecisions: { input: assignment, may: owner },
  readSourceState: { input: assignment, may: owner },

  // projects
  listProjects: { input: nothing, may: everyone },
  createProject: {
    input: () => ({ name: "A project", template: "news-bias-starter" }),
    may: anyLead,
  },
  openProject: { input: project, may: members },
  renameProject: {
    input: (places) => ({ ...project(places), name: "Renamed", description: "" }),
    may: leads,
  },
  archiveProject: { input: project, may: leads },
  restoreProject: { input: project, may: leads },

  // members
  listMembers: { input: project, may: leads },
  addMember: {
    input: (places) => ({
      ...project(places),
      email: `${newId()}@example.org`,
      role: "annotator",
    }),
    may: leads,
  },
  changeMemberRole: { input: (places) => ({ ...spareMember(places), role: "viewer" }), may: leads },
  removeMember: { input: spareMember, may: leads },
  restoreMember: { input: spareMember, may: leads },

  // codebooks
  listTemplates: { input: nothing, may: anyLead },
  openCodebook: { input: project, may: members },
  openTemplate: { input: () => ({ key: "babe" }), may: anyLead },
  listCodebookVersions: { input: project, may: leads },
  exportCodebook: { input: project, may: members },
  compareVersions: { input: (places) => ({ ...project(places), from: 1, to: 1 }), may: members },
  readCodebookFile: { input: () => ({ text: "[]" }), may: anyLead },
  openDraft: { input: project, may: leads },
  createDraft: {
    input: (places) => ({ ...project(places), from: { kind: "published" } }),
    may: leads,
  },
  saveDraft: {
    input: (places) => ({ ...project(places), baseRevision: 0, content: DRAFT }),
    may: leads,
  },
  discardDraft: { input: (places) => ({ ...project(places), baseRevision: 0 }), may: leads },
  previewPublication: { input: project, may: leads },
  publishDraft: { input: (places) => ({ ...project(places), baseRevision: 0 }), may: leads },
  listMigrations: { input: project, may: leads },
  previewMigration: { input: (places) => ({ ...project(places), version: 1 }), may: leads },
  applyMigration: {
    input: (places) => ({ ...project(places), version: 1, scope: "open" }),
    may: leads,
  },
  revertMigration: {
    input: (places) => ({ ...project(places), migrationId: newId() }),
    may: leads,
  },
  listAffected: { input: (places) => ({ ...project(places), from: 1, to: 1 }), may: leads },
  startReannotation: {
    input: (places) => ({ ...project(places), from: 1, to: 1, name: "Again" }),
    may: leads,
  },

  // documents
  importDocuments: {
    input: (places) => ({ ...project(places), documents: [{ text: "A headline\n\nA text." }] }),
    may: leads,
  },
  previewDocument: { input: (places) => ({ ...project(places), text: "A headline" }), may: leads },
  listDocuments: { input: project, may: leads },
  openDocument: { input: document, may: leads },
  setBlockRoles: {
    input: (places) => ({ ...document(places), changes: [{ position: 0, role: "body" }] }),
    may: leads,
  },
  listDocumentIds: { input: project, may: leads },
  listFacets: { input: project, may: leads },
  describeDocuments: {
    input: (places) => ({
      ...project(places),
      documents: [{ documentId: places.documentId, facts: { outlet: "The Post" } }],
    }),
    may: leads,
  },
  matchFactsTable: {
    input: (places) => ({ ...project(places), table: "id,outlet\nx,The Post" }),
    may: leads,
  },
  setSourceFacts: {
    input: (places) => ({
      ...document(places),
      title: "A title",
      language: "en",
      outlet: "",
      author: "",
      publishedOn: "",
      url: "",
      country: "",
      section: "",
      licence: "",
      event: "",
    }),
    may: leads,
  },
  archiveDocument: { input: document, may: leads },
  restoreDocument: { input: document, may: leads },
  previewCorrection: { input: (places) => correction(places), may: leads },
  correctDocument: { input: (places) => correction(places), may: leads },
  revertCorrection: {
    input: (places) => ({ ...document(places), correctionId: newId() }),
    may: leads,
  },
  listCorrections: { input: document, may: leads },
  listDuplicates: { input: project, may: leads },
  chooseDuplicate: { input: document, may: leads },
  setApart: { input: document, may: leads },
  linkDuplicate: { input: (places) => ({ ...document(places), toId: newId() }), may: leads },
  listEntities: { input: entityList, may: leads },
  proposeEntities: { input: entityList, may: leads },
  editEntities: {
    input: (places) => ({ ...entityList(places), change: { kind: "add", name: "Ada Roe" } }),
    may: leads,
  },

  // events
  listEvents: { input: project, may: leads },
  openEvent: { input: event, may: leads },
  createEvent: { input: (places) => ({ ...project(places), name: "An event" }), may: leads },
  setDocumentEvent: {
    input: ({ projectId, documentId }) => ({ projectId, documentIds: [documentId], eventId: null }),
    may: leads,
  },
  describeEvent: {
    input: (places) => ({ ...event(places), name: "An event", happenedOn: "" }),
    may: leads,
  },
  mergeEvents: { input: (places) => ({ ...event(places), intoId: newId() }), may: leads },
  removeEvent: { input: event, may: leads },
  groupByField: { input: (places) => ({ ...project(places), field: "topic" }), may: leads },
  listEventSuggestions: { input: project, may: leads },
  acceptEventSuggestion: { input: suggestion, may: leads },
  rejectEventSuggestion: { input: suggestion, may: leads },
  reopenEventSuggestion: { input: suggestion, may: leads },
  requestEventSuggestions: { input: project, may: leads },
  listEventQuestions: { input: project, may: workers },
  openEventQuestions: { input: event, may: workers },
  answerEvent: {
    input: (places) => ({
      ...event(places),
      operations: [
        {
          id: newId(),
          madeAt: "2026-11-24T08:00:00.000Z",
          change: { kind: "give", layer: "kind", label: "war" },
        },
      ],
    }),
    may: workers,
  },

  // imports
  createImport: { input: project, may: leads },
  addImportFile: {
    input: (places) => ({ ...theImport(places), name: "a.txt", bytes: Readable.from([]) }),
    may: leads,
  },
  addImportText: { input: (places) => ({ ...theImport(places), text: "A headline" }), may: leads },
  addImportAddresses: {
    input: (places) => ({ ...theImport(places), addresses: ["https://example.org/"] }),
    may: leads,
  },
  readImport: { input: theImport, may: leads },
  startImport: { input: theImport, may: leads },
  cancelImport: { input: theImport, may: leads },
  openImport: { input: theImport, may: leads },
  listImports: { input: project, may: leads },
  listImportRows: { input: theImport, may: leads },
  previewImportRow: { input: (places) => ({ ...theImport(places), position: 0 }), may: leads },
  describeImportRow: {
    input: (places) => ({ ...theImport(places), position: 0, facts: { outlet: "Post" } }),
    may: leads,
  },
  leaveOutImportRow: {
    input: (places) => ({ ...theImport(places), position: 0, choice: "leave_out" }),
    may: leads,
  },

  // assignments
  assignDocuments: {
    input: ({ projectId, documentId, spareId }) => ({
      projectId,
      documentIds: [documentId],
      userIds: [spareId],
    }),
    may: leads,
  },
  listAssignments: { input: project, may: leads },
  reportProgress: { input: project, may: leads },
  withdrawAssignment: { input: assignment, may: leads },
  restoreAssignment: { input: assignment, may: leads },
  reopenAssignment: { input: assignment, may: leads },

  // one's own work
  listMyWork: { input: nothing, may: everyone },
  nextAssignment: { input: project, may: members },
  openAssignment: { input: assignment, may: owner },
  readOperations: { input: assignment, may: owner },
  editAnnotations: {
    input: ({ assignmentId, textSha256 }) => ({
      assignmentId,
      clientId: newId(),
      textSha256,
      baseRevision: 0,
      operations: [],
    }),
    may: owner,
  },
  skipAssignment: {
    input: (places) => ({ ...assignment(places), reason: "I know the author." }),
    may: owner,
  },
  resumeAssignment: { input: assignment, may: owner },

  // what others made
  openAgreement: { input: project, may: judges },
  followAgreement: { input: project, may: judges },
  openGoldAgreement: { input: project, may: judges },
  openAgreementGroups: { input: project, may: leads },
  requestAgreement: { input: project, may: judges },
  listAgreementSpans: { input: (places) => ({ ...project(places), layer: "bias" }), may: judges },
  exportAgreement: { input: (places) => ({ ...project(places), format: "json" }), may: judges },
  exportAgreementChart: {
    input: (places) => ({ ...project(places), layer: "bias", chart: "labels", format: "svg" }),
    may: judges,
  },
  compareDocument: { input: document, may: judges },
  describeDataset: { input: project, may: leads },
  listAdjudications: { input: project, may: judges },
  startAdjudication: { input: document, may: judges },
  openAdjudication: { input: adjudication, may: judges },
  decide: {
    input: (places) => ({ ...adjudication(places), itemKey: "span 1", kind: "reject" }),
    may: judges,
  },
  undoDecisions: {
    input: (places) => ({ ...adjudication(places), itemKeys: ["span 1"] }),
    may: judges,
  },
  mergeByRule: {
    input: (places) => ({ ...adjudication(places), rule: "unanimous" }),
    may: judges,
  },
  finishAdjudication: { input: adjudication, may: judges },
  proposeGold: {
    input: (places) => ({ ...project(places), rule: { kind: "majority" } }),
    may: judges,
  },
  listProposals: { input: project, may: judges },
  confirmProposals: {
    input: (places) => ({ ...project(places), decisionIds: [newId()] }),
    may: judges,
  },
  exportGold: { input: project, may: leads },
  listInconsistent: { input: project, may: judges },
  listDisputes: { input: project, may: judges },
  noteInDraft: {
    input: (places) => ({
      ...project(places),
      ...{ layer: "span", label: "naming", place: "definition", note: "Not titles." },
    }),
    may: leads,
  },
  openAgreementChange: {
    input: (places) => ({ ...project(places), before: newId(), after: newId() }),
    may: judges,
  },
  labelGold: {
    input: (places) => ({
      ...project(places),
      label: "naming",
      marks: [{ setId: newId(), spanId: newId() }],
    }),
    may: judges,
  },
  undoLabelGold: { input: (places) => ({ ...project(places), bulkId: newId() }), may: judges },
  changeAdjudication: {
    input: (places) => ({ ...adjudication(places), hidesNames: true }),
    may: judges,
  },
  reopenAdjudication: { input: adjudication, may: judges },
  refreshAdjudication: {
    input: (places) => ({ ...adjudication(places), documentId: places.documentId }),
    may: judges,
  },
  listPlannable: { input: project, may: leads },
  listRounds: { input: project, may: leads },
  openRound: { input: round, may: leads },
  previewRound: { input: plan, may: leads },
  createRound: { input: (places) => ({ ...plan(places), name: "Main" }), may: leads },
  changeRound: {
    input: (places) => ({ ...round(places), name: "Main", instructions: "" }),
    may: leads,
  },
  openProgress: { input: project, may: leads },
  openQuality: { input: project, may: leads },
  listWorkBehind: { input: project, may: leads },
  watchProgress: { input: project, may: leads },
  listExclusions: { input: project, may: leads },
  excludeFromFigures: {
    input: ({ projectId, documentId }) => ({
      projectId,
      kind: "document",
      subjectId: documentId,
      reason: "A test.",
    }),
    may: leads,
  },
  liftExclusion: { input: (places) => ({ ...project(places), exclusionId: newId() }), may: leads },
  listPairDifferences: { input: project, may: judges },
  reportPairDifferences: {
    input: (places) => ({ ...project(places), firstId: newId(), secondId: newId() }),
    may: judges,
  },
  listDiscussions: { input: project, may: talkers },
  listDiscussable: { input: project, may: talkers },
  digestDiscussions: { input: project, may: talkers },
  openDiscussion: { input: discussion, may: talkers },
  startDiscussion: {
    input: ({ projectId, documentId }) => ({
      projectId,
      title: "A question",
      body: "What of this?",
      about: { kind: "document", documentId },
    }),
    may: talkers,
  },
  replyToDiscussion: { input: (places) => ({ ...discussion(places), body: "Yes." }), may: talkers },
  removeMessage: {
    input: (places) => ({ ...discussion(places), messageId: newId() }),
    may: talkers,
  },
  resolveDiscussion: { input: discussion, may: talkers },
  reopenDiscussion: { input: discussion, may: talkers },
  listQueues: { input: nothing, may: everyone },
  listJobs: { input: project, may: leads },
  openJob: { input: job, may: leads },
  cancelJob: { input: job, may: leads },
  retryJob: { input: job, may: leads },
  pageAssignments: { input: project, may: leads },
  pageAnnotationSets: { input: project, may: judges },
  openAnnotationSet: { input: (places) => ({ ...project(places), setId: newId() }), may: judges },
  pageSetOperations: { input: (places) => ({ ...project(places), setId: newId() }), may: judges },
  pageJobs: { input: project, may: leads },
  pageAuditEvents: { input: project, may: leads },
  readDocumentText: { input: document, may: leads },
  createWebhook: {
    input: (places) => ({
      ...project(places),
      url: "https://example.org/framemark",
      events: ["release.ready"],
    }),
    may: leads,
  },
  listWebhooks: { input: project, may: leads },
  changeWebhook: {
    input: (places) => ({ ...webhook(places), events: ["job.ended"] }),
    may: leads,
  },
  pauseWebhook: { input: (places) => ({ ...webhook(places), choice: "pause" }), may: leads },
  removeWebhook: { input: webhook, may: leads },
  renewWebhookSecret: { input: webhook, may: leads },
  listDeliveries: { input: webhook, may: leads },
  replayDelivery: {
    input: (places) => ({ ...webhook(places), deliveryId: newId() }),
    may: leads,
  },
  testWebhook: { input: webhook, may: leads },
  createToken: {
    input: (places) => ({ ...project(places), name: "A script", scopes: ["read"], days: 30 }),
    may: leads,
  },
  listTokens: { input: project, may: leads },
  revokeToken: { input: (places) => ({ ...project(places), tokenId: newId() }), may: leads },
  listReleases: { input: project, may: leads },
  listReleasable: { input: project, may: leads },
  openRelease: { input: theRelease, may: leads },
  previewRelease: {
    input: (places) => ({ ...project(places), settings: RELEASE }),
    may: leads,
  },
  createRelease: {
    input: (places) => ({ ...project(places), settings: RELEASE }),
    may: leads,
  },
  compareReleases: {
    input: (places) => ({ ...theRelease(places), withId: newId() }),
    may: leads,
  },
  downloadRelease: { input: theRelease, may: leads },
  downloadReleaseFormat: {
    input: (places) => ({ ...theRelease(places), format: "jsonl" }),
    may: leads,
  },
  exportDataset: { input: (places) => ({ ...project(places), format: "jsonl" }), may: leads },
};

const RELEASE = { annotationLicence: "CC-BY-4.0", textLicence: "All rights reserved" };

/** A codebook that somebody has just begun. */
const DRAFT = { framemark: "codebook/1", key: "begun", name: "Begun", layers: [] };

/** The password of all people of the policy test. */
export const PASSWORD = "an older lantern 12";
