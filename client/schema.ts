/** Made by `npm run api-client` from the interface's own document: do not edit. */
export interface paths {
    "/assignments/{assignmentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of the caller's own assignments: text, codebook, annotations so far
         * @description Where the round hides the source, the text is masked; offsets count in what is shown. Scope of a token: `read`.
         */
        get: operations["openAssignment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assignments/{assignmentId}/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The log of the caller's own set, oldest first and whole
         * @description Scope of a token: `read`.
         */
        get: operations["readOperations"];
        put?: never;
        /**
         * Annotate: store a batch of operations in the caller's own set
         * @description Ids are made by you: sending a batch again does nothing and gives the same answer. A refused operation does not stop the others. The operation `submit` submits the document. Scope of a token: `annotate`.
         */
        post: operations["sendOperations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assignments/{assignmentId}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let an annotator go on with a submitted or skipped document
         * @description Scope of a token: `manage`.
         */
        post: operations["reopenAssignment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assignments/{assignmentId}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a withdrawn document back to its annotator
         * @description Scope of a token: `manage`.
         */
        post: operations["restoreAssignment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assignments/{assignmentId}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a skipped document of the caller up again
         * @description Scope of a token: `annotate`.
         */
        post: operations["resumeAssignment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assignments/{assignmentId}/skip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Skip one of the caller's own documents, with a reason
         * @description Scope of a token: `annotate`.
         */
        post: operations["skipAssignment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assignments/{assignmentId}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a document back from its annotator; what was marked stays
         * @description Scope of a token: `manage`.
         */
        post: operations["withdrawAssignment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Projects that the caller belongs to; with a token, the one that it is for
         * @description Scope of a token: `read`.
         */
        get: operations["listProjects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One project, with the caller's own progress and, for leads, everyone's
         * @description Scope of a token: `read`.
         */
        get: operations["openProject"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/adjudications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Documents with submitted work, and how far their adjudication is
         * @description Scope of a token: `read`.
         */
        get: operations["listAdjudications"];
        put?: never;
        /**
         * Begin with a document: its submissions are frozen as they are
         * @description Where the text has an adjudication already, its id is answered. Scope of a token: `manage`.
         */
        post: operations["startAdjudication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/adjudications/{adjudicationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What there is to decide, what was decided, and the gold set so far
         * @description Scope of a token: `read`.
         */
        get: operations["openAdjudication"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/adjudications/{adjudicationId}/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Finish: from now on the gold set counts. Everything must be decided
         * @description Scope of a token: `manage`.
         */
        post: operations["finishAdjudication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/adjudications/{adjudicationId}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open a finished adjudication again
         * @description Scope of a token: `manage`.
         */
        post: operations["reopenAdjudication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/agreement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the annotators agree, layer by layer
         * @description Large reports are computed in the background: until then `layers` is null, and `running` says how far it is. Scope of a token: `read`.
         */
        get: operations["openAgreement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/agreement/charts/{layer}/{chart}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One chart of the report as a picture or as its numbers
         * @description Scope of a token: `read`.
         */
        get: operations["downloadAgreementChart"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/agreement/files/{format}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The report as a file: data, tables for papers, a page, the methods paragraph, sources
         * @description Scope of a token: `read`.
         */
        get: operations["downloadAgreement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/agreement/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether a report is still the newest, and how far its computation is
         * @description Scope of a token: `read`.
         */
        get: operations["followAgreement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/annotation-sets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Submitted sets of all annotators, and finished gold sets
         * @description Documents that the caller still has to annotate are left out: they annotate them blind. Scope of a token: `read`.
         */
        get: operations["listAnnotationSets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/annotation-sets/{setId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One set with its spans, relations, unit labels, comments and flags
         * @description Scope of a token: `read`.
         */
        get: operations["openAnnotationSet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/annotation-sets/{setId}/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How a set came to be: its operations, oldest first
         * @description Scope of a token: `read`.
         */
        get: operations["listSetOperations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/assignments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who annotates what, and how far they are
         * @description Scope of a token: `read`.
         */
        get: operations["listAssignments"];
        put?: never;
        /**
         * Give each of the documents to each of the members
         * @description In the latest round. What is assigned already is reported and not doubled. Scope of a token: `manage`.
         */
        post: operations["assignDocuments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was done in the project, the latest first
         * @description Scope of a token: `read`.
         */
        get: operations["listAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/codebook-draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The draft of the next version, with what keeps it from being published
         * @description Scope of a token: `read`.
         */
        get: operations["openCodebookDraft"];
        /**
         * Save the draft, unfinished or not
         * @description `baseRevision` is the revision that you changed. Where somebody saved since, the answer is 409 and nothing is overwritten. Scope of a token: `import`.
         */
        put: operations["saveCodebookDraft"];
        /**
         * Begin a draft from the version in force, an earlier one, a template or a file
         * @description A file may be a codebook of ours as JSON, or a label list of another tool, as the text of the file. Scope of a token: `import`.
         */
        post: operations["createCodebookDraft"];
        /**
         * Throw the draft away; published versions stay
         * @description Scope of a token: `import`.
         */
        delete: operations["discardCodebookDraft"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/codebook-draft/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish the draft: it is frozen, and open work goes on under it
         * @description Scope of a token: `import`.
         */
        post: operations["publishCodebookDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/codebooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Versions of the codebook, newest first, the draft among them
         * @description Scope of a token: `read`.
         */
        get: operations["listCodebooks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/codebooks/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A published version with its layers, labels, attributes and guidelines
         * @description Scope of a token: `read`.
         */
        get: operations["openCodebook"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/dataset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The submitted annotations of this moment as one file
         * @description For a fixed state with licence and documentation make a release. Scope of a token: `export`.
         */
        get: operations["downloadDataset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Documents of the project, filtered and sorted
         * @description `search` takes words, "phrases", -exclusions and `or`. To import documents, see Imports. Scope of a token: `read`.
         */
        get: operations["listDocuments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/documents/{documentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One document with its source facts, its blocks and who works on it
         * @description Scope of a token: `read`.
         */
        get: operations["openDocument"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/documents/{documentId}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put a document away; its annotations stay
         * @description Scope of a token: `manage`.
         */
        post: operations["archiveDocument"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/documents/{documentId}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take an archived document up again
         * @description Scope of a token: `manage`.
         */
        post: operations["restoreDocument"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/documents/{documentId}/text": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The text that offsets count in, with its blocks, sentences and tokens
         * @description Offsets are Unicode code points. A text never changes; a correction is a new version. Scope of a token: `read`.
         */
        get: operations["readDocumentText"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/gold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The gold annotations of the finished documents, as JSON lines
         * @description Scope of a token: `export`.
         */
        get: operations["downloadGold"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The newest imports, up to twenty
         * @description Scope of a token: `read`.
         */
        get: operations["listImports"];
        put?: never;
        /**
         * Send documents: files, the bytes of one file, or JSON with texts and addresses
         * @description What is sent is read, and the answer says what would be stored. With `start=yes` it is stored at once. A text that the project has already is found and not stored again. Scope of a token: `import`.
         */
        post: operations["createImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/imports/{importId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far an import is, and what was found or stored
         * @description Scope of a token: `read`.
         */
        get: operations["openImport"];
        put?: never;
        /**
         * Read an import, with settings; start storing it; or cancel it
         * @description Scope of a token: `import`.
         */
        post: operations["changeImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/imports/{importId}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take one file into an open import: its bytes as they are
         * @description Where the request says how long it is, or its SHA-256 in `X-Content-SHA256`, a file that differs is refused. Scope of a token: `import`.
         */
        post: operations["addImportFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/imports/{importId}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of each article of an import, in the order of its files
         * @description Scope of a token: `read`.
         */
        get: operations["listImportRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/imports/{importId}/rows.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of each article of an import, as a table
         * @description Scope of a token: `read`.
         */
        get: operations["downloadImportRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Background jobs, newest first
         * @description Scope of a token: `read`.
         */
        get: operations["listJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/jobs/{jobId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One job, to follow its progress
         * @description Scope of a token: `read`.
         */
        get: operations["openJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/jobs/{jobId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a job before its time; what it has stored stays
         * @description Scope of a token: `manage`.
         */
        post: operations["cancelJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/jobs/{jobId}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a failed or cancelled job continue where it stopped
         * @description Scope of a token: `manage`.
         */
        post: operations["retryJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Members of the project with their roles and pseudonyms
         * @description Scope of a token: `read`.
         */
        get: operations["listMembers"];
        put?: never;
        /**
         * Make somebody a member by e-mail; who has no account gets one
         * @description Scope of a token: `manage`.
         */
        post: operations["inviteMember"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/members/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End somebody's membership; their annotations stay
         * @description Scope of a token: `manage`.
         */
        delete: operations["removeMember"];
        options?: never;
        head?: never;
        /**
         * Give a member another role
         * @description Scope of a token: `manage`.
         */
        patch: operations["changeMember"];
        trace?: never;
    };
    "/projects/{projectId}/members/{userId}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a former member in again, as what they were
         * @description Scope of a token: `manage`.
         */
        post: operations["restoreMember"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/own-assignments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's own documents: those to annotate, in order, then those finished lately
         * @description Scope of a token: `read`.
         */
        get: operations["listOwnAssignments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The figures of the people of the project, or of one round, as a table: a row each
         * @description Scope of a token: `read`.
         */
        get: operations["downloadProgress"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Releases, newest first
         * @description Scope of a token: `read`.
         */
        get: operations["listReleases"];
        put?: never;
        /**
         * Freeze a release: it is numbered at once and made by a job
         * @description Refused with 409 where names or addresses of members stand in free text, until `acceptsFreeText` says that somebody looked. Scope of a token: `export`.
         */
        post: operations["createRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/releases/{releaseId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One release with its manifest and the formats that it can be had in
         * @description Scope of a token: `read`.
         */
        get: operations["openRelease"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/releases/{releaseId}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The archive; it never changes, and its ETag is its SHA-256
         * @description Scope of a token: `export`.
         */
        get: operations["downloadRelease"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/releases/{releaseId}/differences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What differs between this release and another one
         * @description Scope of a token: `read`.
         */
        get: operations["compareReleases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{projectId}/releases/{releaseId}/formats/{format}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The release in another format
         * @description A large one is written by a job first: then the answer is 202 with the job's id, and the file comes when you ask again. Scope of a token: `export`.
         */
        get: operations["downloadReleaseFormat"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AddedMember: {
            /** @description Path of the page where a new person sets a password: hand it to them. It works once */
            link: string | null;
            /** Format: uuid */
            userId: string;
        };
        Adjudication: {
            /** Format: uuid */
            adjudicationId: string;
            annotators: {
                /** Format: uuid */
                id: string;
                name: string;
            }[];
            /** @description Decisions that stand */
            decisions: {
                [key: string]: unknown;
            }[];
            document: {
                /** Format: uuid */
                documentId: string;
                sha256: string;
                text: string;
                title: string;
                version: number;
                /** Format: uuid */
                versionId: string;
            };
            gold: components["schemas"]["Annotations"];
            hidesNames: boolean;
            isStale: boolean;
            /** @description What there is to decide, with the options of each */
            items: {
                [key: string]: unknown;
            }[];
            /** @enum {string} */
            state: "open" | "finished";
        };
        AgreementReport: {
            annotators: {
                /** Format: uuid */
                id: string;
                name: string;
            }[];
            /** @description The settings that the figures were computed with */
            choice: {
                [key: string]: unknown;
            };
            codebook: {
                name: string;
                version: number;
            } | null;
            computedAt: string | null;
            documentCount: number;
            excluded: {
                annotators: number;
                documents: number;
            };
            inputHash: string;
            /** @description The figures of each layer; null while they are computed: ask again */
            layers: {
                [key: string]: unknown;
            }[] | null;
            leftOut: {
                /** Format: uuid */
                documentId: string;
                title: string;
            }[];
            notCounted: {
                notAnnotatable: number;
                repeated: number;
                takenOut: number;
            };
            /** @description Confidence intervals and gamma, by layer */
            resampled: {
                [key: string]: unknown;
            }[] | null;
            rounds: {
                name: string;
                position: number;
            }[];
            /** @description The computation in the background */
            running: {
                [key: string]: unknown;
            } | null;
            takenOut: {
                /** Format: uuid */
                id: string;
                title: string;
            }[];
            versions: number[];
        };
        AgreementState: {
            inputHash: string;
            /** @description How many of its two parts are computed */
            parts: number;
            running: {
                [key: string]: unknown;
            } | null;
        };
        Annotations: {
            comments: {
                body: string;
                /** Format: uuid */
                id: string;
                spanId: string | null;
            }[];
            flags: string[];
            relations: components["schemas"]["Relation"][];
            spans: components["schemas"]["Span"][];
            unitLabels: components["schemas"]["UnitLabel"][];
        };
        AnnotationSet: {
            activeSeconds: number | null;
            annotations: components["schemas"]["Annotations"];
            /** @description A name for leads, else a pseudonym */
            annotator: string | null;
            annotatorId: string | null;
            codebookVersion: number;
            /** Format: uuid */
            documentId: string;
            documentVersion: number;
            /** @enum {string} */
            kind: "annotator" | "gold";
            repetition: number | null;
            revision: number;
            roundId: string | null;
            /** Format: uuid */
            setId: string;
            spans: number;
            submittedOn: string | null;
            /** @description Of the text that the offsets count in */
            textSha256: string;
        };
        AuditEvent: {
            action: string;
            actor: string | null;
            actorId: string | null;
            /** Format: date-time */
            at: string;
            detail: {
                [key: string]: unknown;
            };
            /** Format: uuid */
            eventId: string;
            targetId: string | null;
            targetType: string;
        };
        AuditEventPage: {
            items: components["schemas"]["AuditEvent"][];
            /** @description Give this as `after` to get the next page; null where there is none */
            next: string | null;
        };
        BatchAnswer: {
            /** @description What others did since `baseRevision` */
            missed: components["schemas"]["StoredOperation"][];
            results: {
                /** Format: uuid */
                id: string;
                /** @description Why it was refused */
                message?: string;
                /** @enum {string} */
                outcome: "applied" | "superseded" | "refused";
                revision?: number;
            }[];
            revision: number;
            submitted: boolean;
        };
        Codebook: {
            /** @description As /codebook.schema.json describes it */
            codebook: {
                [key: string]: unknown;
            };
            /** Format: date */
            publishedOn: string;
            sha256: string;
            /** @enum {string} */
            state: "published" | "superseded";
            version: number;
        };
        CodebookDraft: {
            basedOn: number | null;
            changedBy: string | null;
            /** Format: date-time */
            changedOn: string;
            /** @description As /codebook.schema.json describes it */
            content: {
                [key: string]: unknown;
            };
            /** @description What keeps it from being published */
            problems: components["schemas"]["CodebookProblem"][];
            /** @description Give this as `baseRevision` when you save */
            revision: number;
            /** @description What becomes of annotations under earlier versions */
            rules: {
                [key: string]: unknown;
            }[];
            version: number;
        };
        CodebookProblem: {
            message: string;
            place: string;
        };
        Document: {
            assignments: {
                /** Format: uuid */
                assignmentId: string;
                isWithdrawn: boolean;
                name: string;
                pseudonym: string;
                /** @enum {string} */
                state: "assigned" | "in_progress" | "submitted" | "skipped";
            }[];
            author: string | null;
            blocks: {
                position: number;
                /** @enum {string} */
                role: "headline" | "standfirst" | "byline" | "caption" | "caption_duplicate" | "photo_credit" | "subheading" | "body" | "quote" | "related_link" | "widget_placeholder" | "promo_footer";
                text: string;
            }[];
            country: string | null;
            /** Format: uuid */
            documentId: string;
            duplicateOf: components["schemas"]["LinkedDocument"] | null;
            event: string | null;
            eventId: string | null;
            /** @description Free fields by name */
            facts: {
                [key: string]: string;
            };
            /** Format: date */
            importedOn: string;
            isArchived: boolean;
            language: string;
            /** @description Code points */
            length: number;
            licence: string | null;
            outlet: string | null;
            publishedOn: string | null;
            reprints: components["schemas"]["LinkedDocument"][];
            section: string | null;
            sentences: number;
            /** @description Of the text, in UTF-8 */
            sha256: string;
            title: string;
            url: string | null;
            version: number;
            versions: number;
            words: number;
        };
        DocumentText: {
            blocks: components["schemas"]["TextBlock"][];
            /** Format: uuid */
            documentId: string;
            /** @description Code points */
            length: number;
            /** @description Flat list: start, end, start, end, … */
            sentences: number[];
            sha256: string;
            text: string;
            /** @description Flat list: start, end, start, end, … */
            tokens: number[];
            version: number;
        };
        Import: {
            /** Format: date-time */
            createdAt?: string;
            done?: number;
            endedAt?: string | null;
            files?: {
                address: string | null;
                name: string;
                size: number;
            }[];
            found?: {
                [key: string]: unknown;
            };
            hiddenFiles?: number;
            /** Format: uuid */
            importId: string;
            problem?: string | null;
            rows?: {
                fresh: number;
                known: number;
                refused: number;
                stored: number;
            };
            settings?: {
                [key: string]: unknown;
            };
            /** @enum {string} */
            state?: "open" | "reading" | "ready" | "storing" | "done" | "cancelled" | "failed";
            total?: number | null;
            troubled?: number;
        };
        ImportRow: {
            documentId: string | null;
            file: string;
            length: number | null;
            line: number | null;
            notes: string[];
            place: string;
            position: number;
            problem: string | null;
            /** @enum {string} */
            state: "fresh" | "known" | "refused" | "stored";
            title: string;
        };
        ImportRowPage: {
            next: number | null;
            rows: components["schemas"]["ImportRow"][];
        };
        Job: {
            /** Format: date-time */
            createdAt: string;
            done: number;
            endedAt: string | null;
            /** Format: uuid */
            jobId: string;
            kind: string;
            problem: string | null;
            result: {
                [key: string]: unknown;
            } | null;
            /** @enum {string} */
            state: "waiting" | "running" | "done" | "failed" | "cancelled";
            total: number | null;
        };
        JobPage: {
            items: components["schemas"]["Job"][];
            /** @description Give this as `after` to get the next page; null where there is none */
            next: string | null;
        };
        LinkedDocument: {
            /** Format: uuid */
            documentId: string;
            likeness: number;
            outlet: string | null;
            publishedOn: string | null;
            title: string;
        };
        ListedAdjudication: {
            adjudicationId: string | null;
            adjudicator: string | null;
            decided: number;
            /** Format: uuid */
            documentId: string;
            isStale: boolean;
            obstacle: ("own_work" | "one_submission") | null;
            outlet: string | null;
            /** @enum {string} */
            state: "none" | "open" | "finished";
            submissions: number;
            title: string;
        };
        ListedAdjudicationPage: {
            items: components["schemas"]["ListedAdjudication"][];
            /** @description Give this as `after` to get the next page; null where there is none */
            next: string | null;
        };
        ListedAnnotationSet: {
            activeSeconds: number | null;
            /** @description A name for leads, else a pseudonym */
            annotator: string | null;
            annotatorId: string | null;
            codebookVersion: number;
            /** Format: uuid */
            documentId: string;
            documentVersion: number;
            /** @enum {string} */
            kind: "annotator" | "gold";
            repetition: number | null;
            revision: number;
            roundId: string | null;
            /** Format: uuid */
            setId: string;
            spans: number;
            submittedOn: string | null;
            /** @description Of the text that the offsets count in */
            textSha256: string;
        };
        ListedAnnotationSetPage: {
            items: components["schemas"]["ListedAnnotationSet"][];
            /** @description Give this as `after` to get the next page; null where there is none */
            next: string | null;
        };
        ListedAssignment: {
            activeSeconds: number;
            annotator: string;
            /** Format: uuid */
            annotatorId: string;
            /** Format: uuid */
            assignmentId: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            documentId: string;
            documentVersion: number;
            isWithdrawn: boolean;
            /** @enum {string} */
            purpose: "work" | "training" | "gold_check";
            repetition: number;
            /** Format: uuid */
            roundId: string;
            skipReason: string | null;
            /** @enum {string} */
            state: "assigned" | "in_progress" | "submitted" | "skipped";
            submittedAt: string | null;
        };
        ListedAssignmentPage: {
            items: components["schemas"]["ListedAssignment"][];
            /** @description Give this as `after` to get the next page; null where there is none */
            next: string | null;
        };
        ListedCodebook: {
            annotations: number;
            /** Format: date */
            changedOn: string;
            name: string;
            publishedOn: string | null;
            /** @description Annotation sets under this version */
            sets: number;
            /** @enum {string} */
            state: "draft" | "published" | "superseded";
            version: number;
        };
        ListedCodebookPage: {
            items: components["schemas"]["ListedCodebook"][];
            /** @description Give this as `after` to get the next page; null where there is none */
            next: string | null;
        };
        ListedDocument: {
            /** Format: uuid */
            documentId: string;
            duplicateOf: {
                /** Format: uuid */
                documentId: string;
                outlet: string | null;
                title: string;
            } | null;
            event: string | null;
            eventId: string | null;
            isArchived: boolean;
            language: string;
            /** @description Code points */
            length: number;
            outlet: string | null;
            publishedOn: string | null;
            reprints: number;
            title: string;
            version: number;
            work: components["schemas"]["StateCounts"];
        };
        ListedDocumentPage: {
            items: components["schemas"]["ListedDocument"][];
            /** @description Give this as `after` to get the next page; null where there is none */
            next: string | null;
        };
        ListedImport: {
            files: number;
            /** Format: uuid */
            importId: string;
            name: string;
            refused: number;
            /** @description Year-month-day and time, in UTC */
            startedOn: string;
            /** @enum {string} */
            state: "open" | "reading" | "ready" | "storing" | "done" | "cancelled" | "failed";
            stored: number;
        };
        ListedImportPage: {
            items: components["schemas"]["ListedImport"][];
            /** @description Give this as `after` to get the next page; null where there is none */
            next: string | null;
        };
        ListedProject: {
            assigned: number;
            description: string;
            /** @description For leads, else null */
            documents: number | null;
            isArchived: boolean;
            /** @description For leads, else null */
            members: number | null;
            name: string;
            /** Format: uuid */
            projectId: string;
            /** @description The caller's role; null for an admin */
            role: ("lead" | "adjudicator" | "annotator" | "viewer") | null;
            submitted: number;
        };
        ListedProjectPage: {
            items: components["schemas"]["ListedProject"][];
            /** @description Give this as `after` to get the next page; null where there is none */
            next: string | null;
        };
        ListedRelease: {
            /** Format: date-time */
            createdAt: string;
            fileName: string;
            /** Format: uuid */
            jobId: string;
            manifest: {
                [key: string]: unknown;
            } | null;
            name: string;
            readyAt: string | null;
            /** Format: uuid */
            releaseId: string;
            settings: {
                [key: string]: unknown;
            };
            /** @description Of the archive */
            sha256: string | null;
            /** @enum {string} */
            state: "preparing" | "ready" | "failed";
            version: number;
        };
        ListedReleasePage: {
            items: components["schemas"]["ListedRelease"][];
            /** @description Give this as `after` to get the next page; null where there is none */
            next: string | null;
        };
        MadeAssignment: {
            /** Format: uuid */
            assignmentId: string;
            /** Format: uuid */
            documentId: string;
            /** @enum {string} */
            outcome: "made" | "restored" | "existing";
            /** Format: uuid */
            userId: string;
        };
        MadeAssignments: {
            assignments: components["schemas"]["MadeAssignment"][];
        };
        MadeRelease: {
            /** Format: uuid */
            jobId: string;
            /** Format: uuid */
            releaseId: string;
            version: number;
        };
        Member: {
            assigned: number;
            canAnnotate: boolean;
            email: string;
            isDisabled: boolean;
            isInvited: boolean;
            isSelf: boolean;
            name: string;
            pseudonym: string | null;
            /** @enum {string} */
            role: "lead" | "adjudicator" | "annotator" | "viewer";
            submitted: number;
            /** Format: uuid */
            userId: string;
        };
        MemberPage: {
            items: components["schemas"]["Member"][];
            /** @description Give this as `after` to get the next page; null where there is none */
            next: string | null;
        };
        NewImport: {
            addresses?: string[];
            /** @description As for reading an import */
            settings?: {
                [key: string]: unknown;
            };
            texts?: (string | {
                name?: string;
                text: string;
            })[];
        };
        OpenAssignment: {
            annotations: components["schemas"]["Annotations"];
            /** Format: uuid */
            assignmentId: string;
            /** @description As /codebook.schema.json describes it */
            codebook: {
                [key: string]: unknown;
            };
            codebookVersion: number;
            document: {
                blocks: components["schemas"]["TextBlock"][];
                language: string;
                outlet: string | null;
                publishedOn: string | null;
                /** @description Flat list: start, end, start, end, … */
                sentences: number[];
                text: string;
                textSha256: string;
                title: string;
                /** @description Flat list: start, end, start, end, … */
                tokens: number[];
            };
            isWithdrawn: boolean;
            /** Format: uuid */
            projectId: string;
            revision: number;
            round: {
                instructions: string;
                name: string;
            };
            /** @enum {string} */
            state: "assigned" | "in_progress" | "submitted" | "skipped";
        };
        OperationBatch: {
            /** @default 0 */
            activeSeconds: number;
            baseRevision: number;
            /** Format: uuid */
            clientId: string;
            operations: {
                change: {
                    /** @constant */
                    kind: "add_span";
                    span: {
                        /** @default {} */
                        attributes: {
                            [key: string]: string | string[] | number | boolean;
                        };
                        /** @default [] */
                        flags: ("discuss" | "not_annotatable")[];
                        /** Format: uuid */
                        id: string;
                        label: string;
                        layer: string;
                        /**
                         * @default manual
                         * @enum {string}
                         */
                        origin: "manual" | "propagated" | "suggested" | "imported" | "adjudicated";
                        ranges: {
                            end: number;
                            quote: string;
                            start: number;
                        }[];
                    };
                } | {
                    /** @constant */
                    kind: "label_span";
                    label: string;
                    /** Format: uuid */
                    spanId: string;
                } | {
                    /** @constant */
                    kind: "move_span";
                    ranges: {
                        end: number;
                        quote: string;
                        start: number;
                    }[];
                    /** Format: uuid */
                    spanId: string;
                } | {
                    flags: ("discuss" | "not_annotatable")[];
                    /** @constant */
                    kind: "flag_span";
                    /** Format: uuid */
                    spanId: string;
                } | {
                    attribute: string;
                    /** @constant */
                    kind: "set_attribute";
                    /** Format: uuid */
                    targetId: string;
                    value: (string | string[] | number | boolean) | null;
                } | {
                    /** @constant */
                    kind: "remove_span";
                    /** Format: uuid */
                    spanId: string;
                } | {
                    /** @constant */
                    kind: "add_relation";
                    relation: {
                        /** @default {} */
                        attributes: {
                            [key: string]: string | string[] | number | boolean;
                        };
                        /** Format: uuid */
                        from: string;
                        /** Format: uuid */
                        id: string;
                        label: string;
                        layer: string;
                        /** Format: uuid */
                        to: string;
                    };
                } | {
                    /** @constant */
                    kind: "label_relation";
                    label: string;
                    /** Format: uuid */
                    relationId: string;
                } | {
                    /** @constant */
                    kind: "remove_relation";
                    /** Format: uuid */
                    relationId: string;
                } | {
                    attributes?: {
                        [key: string]: string | string[] | number | boolean;
                    };
                    end: number;
                    entity?: string;
                    /** @default [] */
                    evidence: string[];
                    /** @constant */
                    kind: "set_unit_label";
                    label: string;
                    layer: string;
                    start: number;
                    /** @enum {string} */
                    unit: "document" | "block" | "sentence";
                    /** @default null */
                    value: string | null;
                } | {
                    end: number;
                    entity?: string;
                    /** @constant */
                    kind: "remove_unit_label";
                    label: string;
                    layer: string;
                    start: number;
                } | {
                    flags: ("discuss" | "not_annotatable")[];
                    /** @constant */
                    kind: "flag_document";
                } | {
                    comment: {
                        body: string;
                        /** Format: uuid */
                        id: string;
                        spanId: string | null;
                    };
                    /** @constant */
                    kind: "add_comment";
                } | {
                    /** Format: uuid */
                    commentId: string;
                    /** @constant */
                    kind: "remove_comment";
                } | {
                    /** @constant */
                    kind: "submit";
                } | {
                    from: number;
                    /** @constant */
                    kind: "change_codebook";
                    to: number;
                };
                /** Format: uuid */
                gestureId: string;
                /** Format: uuid */
                id: string;
                /** Format: date-time */
                madeAt: string;
                /** @default null */
                undoes: string | null;
            }[];
            textSha256: string;
        };
        OwnAssignment: {
            /** Format: uuid */
            assignmentId: string;
            isSourceHidden: boolean;
            isTraining: boolean;
            outlet: string | null;
            skipReason: string | null;
            /** @description The caller's own */
            spans: number;
            /** @enum {string} */
            state: "assigned" | "in_progress" | "submitted" | "skipped";
            title: string;
            words: number;
        };
        OwnAssignmentPage: {
            items: components["schemas"]["OwnAssignment"][];
            /** @description Give this as `after` to get the next page; null where there is none */
            next: string | null;
        };
        Problem: {
            /** @description What kind of refusal it is, for programs */
            kind: string;
            /** @description The field, parameter or line that it is about */
            place?: string;
            status: number;
            /** @description What is wrong and what to do, for people */
            title: string;
            type: string;
        };
        Project: {
            codebook: {
                name: string;
                version: number;
            } | null;
            description: string;
            isArchived: boolean;
            language: string;
            name: string;
            /** Format: uuid */
            projectId: string;
            role: ("lead" | "adjudicator" | "annotator" | "viewer") | null;
            /** @description All of the project, for leads; else null */
            whole: components["schemas"]["WholeProject"] | null;
            /** @description The caller's own assignments */
            work: components["schemas"]["StateCounts"];
        };
        Publication: {
            changed: number;
            /** Format: uuid */
            migrationId: string;
            /** @description Annotation sets that go on under the new version */
            moved: number;
            /** @description Annotations that no rule could bring along */
            remaining: number;
            version: number;
        };
        Relation: {
            attributes: {
                [key: string]: string | string[] | number | boolean;
            };
            /** Format: uuid */
            from: string;
            /** Format: uuid */
            id: string;
            label: string;
            layer: string;
            /** Format: uuid */
            to: string;
        };
        Release: {
            /** Format: date-time */
            createdAt: string;
            fileName: string;
            formats: {
                about: string;
                format: string;
                isReady: boolean;
                /** @description What this format cannot hold */
                losses: {
                    [key: string]: unknown;
                }[];
                title: string;
            }[];
            /** Format: uuid */
            jobId: string;
            manifest: {
                [key: string]: unknown;
            } | null;
            name: string;
            readyAt: string | null;
            /** Format: uuid */
            releaseId: string;
            settings: {
                [key: string]: unknown;
            };
            /** @description Of the archive */
            sha256: string | null;
            /** @enum {string} */
            state: "preparing" | "ready" | "failed";
            version: number;
        };
        ReleaseDifference: {
            difference: {
                [key: string]: unknown;
            };
            newer: number;
            older: number;
        };
        ReleaseSettings: {
            /** @default  */
            about: string;
            /** @enum {string} */
            annotationLicence: "CC-BY-4.0" | "CC-BY-SA-4.0" | "CC0-1.0" | "CC-BY-NC-4.0" | "CC-BY-NC-SA-4.0" | "ODC-By-1.0";
            /** @default [] */
            authors: string[];
            /**
             * @default drop
             * @enum {string}
             */
            background: "bands" | "drop";
            /**
             * @default drop
             * @enum {string}
             */
            comments: "keep" | "drop";
            /** @default  */
            contact: string;
            /** @default null */
            documentIds: string[] | null;
            /**
             * @default keep
             * @enum {string}
             */
            freeText: "keep" | "drop";
            /** @default true */
            hasAnnotators: boolean;
            /** @default true */
            hasContested: boolean;
            /** @default true */
            hasGold: boolean;
            /** @default false */
            hasTraining: boolean;
            /** @default  */
            intendedUse: string;
            /** @default  */
            limitations: string;
            /** @default  */
            personalInformation: string;
            /** @default [] */
            roundIds: string[];
            /** @default {} */
            split: {
                /**
                 * @default none
                 * @enum {string}
                 */
                by: "none" | "document" | "event" | "outlet" | "time";
                /** @default 1 */
                seed: number;
                /** @default 0.15 */
                test: number;
                /** @default 0.15 */
                validation: number;
            };
            /**
             * @default full
             * @enum {string}
             */
            text: "full" | "none";
            textLicence: string;
        };
        SavedDraft: {
            /** Format: date-time */
            changedOn: string;
            problems: components["schemas"]["CodebookProblem"][];
            revision: number;
        };
        Span: {
            attributes: {
                [key: string]: string | string[] | number | boolean;
            };
            flags: string[];
            /** Format: uuid */
            id: string;
            label: string;
            layer: string;
            origin: string;
            ranges: {
                /** @description Code points from the beginning of the text */
                end: number;
                quote: string;
                /** @description Code points from the beginning of the text */
                start: number;
            }[];
        };
        StartedAdjudication: {
            /** Format: uuid */
            adjudicationId: string;
        };
        StateCounts: {
            assigned: number;
            inProgress: number;
            skipped: number;
            submitted: number;
        };
        StoredOperation: {
            /** @description What was changed; `kind` says how to read it */
            change: {
                [key: string]: unknown;
            };
            /** Format: uuid */
            gestureId: string;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            madeAt: string;
            /** @enum {string} */
            outcome: "applied" | "superseded";
            revision: number;
            undoes: string | null;
        };
        StoredOperationPage: {
            items: components["schemas"]["StoredOperation"][];
            /** @description Give this as `after` to get the next page; null where there is none */
            next: string | null;
        };
        TakenFile: {
            /** Format: uuid */
            fileId: string;
            name: string;
            sha256: string;
            size: number;
        };
        TextBlock: {
            /** @description Code points from the beginning of the text */
            end: number;
            /** @enum {string} */
            role: "headline" | "standfirst" | "byline" | "caption" | "caption_duplicate" | "photo_credit" | "subheading" | "body" | "quote" | "related_link" | "widget_placeholder" | "promo_footer";
            /** @description Code points from the beginning of the text */
            start: number;
        };
        UnitLabel: {
            attributes?: {
                [key: string]: string | string[] | number | boolean;
            };
            /** @description Code points from the beginning of the text */
            end: number;
            evidence: string[];
            label: string;
            layer: string;
            /** @description Code points from the beginning of the text */
            start: number;
            unit: string;
            value: string | null;
        };
        WaitingJob: {
            /** Format: uuid */
            jobId: string;
        };
        WholeProject: {
            annotators: number;
            assigned: number;
            documents: number;
            inProgress: number;
            members: number;
            skipped: number;
            submitted: number;
        };
    };
    responses: {
        /** @description Not possible at the moment */
        Busy: {
            headers: {
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It contradicts what is there now */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The token's scopes or the person's role do not allow it */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request is not valid: `place` names what is wrong */
        Invalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not exist, or it is not yours to see */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too much was asked for at once */
        TooMuch: {
            headers: {
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description No valid token, and nobody is signed in */
        Unauthenticated: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    openAssignment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                assignmentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAssignment"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    readOperations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                assignmentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredOperation"][];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    sendOperations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                assignmentId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OperationBatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchAnswer"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    reopenAssignment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                assignmentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    restoreAssignment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                assignmentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    resumeAssignment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                assignmentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    skipAssignment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                assignmentId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    withdrawAssignment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                assignmentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    listProjects: {
        parameters: {
            query?: {
                /** @description `next` of the page before; the first page without it */
                after?: string;
                /** @description How many items at most; 50 without it */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedProjectPage"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    openProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    listAdjudications: {
        parameters: {
            query?: {
                /** @description `next` of the page before; the first page without it */
                after?: string;
                /** @description How many items at most; 50 without it */
                limit?: number;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedAdjudicationPage"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    startAdjudication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    documentId: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedAdjudication"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    openAdjudication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                adjudicationId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Adjudication"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    finishAdjudication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                adjudicationId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    reopenAdjudication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                adjudicationId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    openAgreement: {
        parameters: {
            query?: {
                compare?: "labels" | "any";
                distance?: "jaccard" | "masi";
                exclusions?: "left_out" | "counted";
                /** @description Documents to take out */
                leaveOut?: string[];
                level?: "codebook" | "nominal" | "ordinal" | "interval";
                missing?: "left_out" | "category";
                repeats?: "latest" | "first";
                /** @description Numbers of rounds; all without it */
                rounds?: number[];
                unit?: "characters" | "tokens";
                /** @description Of the codebook; the newest without it */
                version?: number;
                /** @description Annotators to take out */
                without?: string[];
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgreementReport"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    downloadAgreementChart: {
        parameters: {
            query?: {
                compare?: "labels" | "any";
                distance?: "jaccard" | "masi";
                exclusions?: "left_out" | "counted";
                /** @description Documents to take out */
                leaveOut?: string[];
                level?: "codebook" | "nominal" | "ordinal" | "interval";
                missing?: "left_out" | "category";
                repeats?: "latest" | "first";
                /** @description Numbers of rounds; all without it */
                rounds?: number[];
                unit?: "characters" | "tokens";
                /** @description Of the codebook; the newest without it */
                version?: number;
                /** @description Annotators to take out */
                without?: string[];
            };
            header?: never;
            path: {
                /** @description Such as labels.svg or labels.csv */
                chart: string;
                layer: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    downloadAgreement: {
        parameters: {
            query?: {
                compare?: "labels" | "any";
                distance?: "jaccard" | "masi";
                exclusions?: "left_out" | "counted";
                /** @description Documents to take out */
                leaveOut?: string[];
                level?: "codebook" | "nominal" | "ordinal" | "interval";
                missing?: "left_out" | "category";
                repeats?: "latest" | "first";
                /** @description Numbers of rounds; all without it */
                rounds?: number[];
                unit?: "characters" | "tokens";
                /** @description Of the codebook; the newest without it */
                version?: number;
                /** @description Annotators to take out */
                without?: string[];
            };
            header?: never;
            path: {
                format: "json" | "csv" | "md" | "tex" | "html" | "txt" | "bib";
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                    "application/x-bibtex": string;
                    "application/x-tex": string;
                    "text/csv": string;
                    "text/html": string;
                    "text/markdown": string;
                    "text/plain": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    followAgreement: {
        parameters: {
            query?: {
                compare?: "labels" | "any";
                distance?: "jaccard" | "masi";
                exclusions?: "left_out" | "counted";
                /** @description Documents to take out */
                leaveOut?: string[];
                level?: "codebook" | "nominal" | "ordinal" | "interval";
                missing?: "left_out" | "category";
                repeats?: "latest" | "first";
                /** @description Numbers of rounds; all without it */
                rounds?: number[];
                unit?: "characters" | "tokens";
                /** @description Of the codebook; the newest without it */
                version?: number;
                /** @description Annotators to take out */
                without?: string[];
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgreementState"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    listAnnotationSets: {
        parameters: {
            query?: {
                /** @description `next` of the page before; the first page without it */
                after?: string;
                documentId?: string;
                kind?: "annotator" | "gold";
                /** @description How many items at most; 50 without it */
                limit?: number;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedAnnotationSetPage"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    openAnnotationSet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
                setId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnnotationSet"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    listSetOperations: {
        parameters: {
            query?: {
                /** @description `next` of the page before; the first page without it */
                after?: string;
                /** @description How many items at most; 50 without it */
                limit?: number;
            };
            header?: never;
            path: {
                projectId: string;
                setId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredOperationPage"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    listAssignments: {
        parameters: {
            query?: {
                /** @description `next` of the page before; the first page without it */
                after?: string;
                annotatorId?: string;
                documentId?: string;
                /** @description How many items at most; 50 without it */
                limit?: number;
                roundId?: string;
                state?: "assigned" | "in_progress" | "submitted" | "skipped";
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedAssignmentPage"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    assignDocuments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    documentIds: string[];
                    userIds: string[];
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeAssignments"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    listAuditEvents: {
        parameters: {
            query?: {
                /** @description Such as document.archived */
                action?: string;
                /** @description `next` of the page before; the first page without it */
                after?: string;
                /** @description How many items at most; 50 without it */
                limit?: number;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEventPage"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    openCodebookDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CodebookDraft"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    saveCodebookDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    baseRevision: number;
                    /** @description As /codebook.schema.json describes it */
                    content: {
                        [key: string]: unknown;
                    };
                    rules?: {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedDraft"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    createCodebookDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    from: {
                        /** @constant */
                        kind: "published";
                    } | {
                        /** @constant */
                        kind: "version";
                        version: number;
                    } | {
                        key: string;
                        /** @constant */
                        kind: "template";
                    } | {
                        fileName?: string;
                        /** @constant */
                        kind: "file";
                        text: string;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CodebookDraft"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    discardCodebookDraft: {
        parameters: {
            query: {
                baseRevision: number;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    publishCodebookDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    baseRevision: number;
                    submittedToo?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Publication"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    listCodebooks: {
        parameters: {
            query?: {
                /** @description `next` of the page before; the first page without it */
                after?: string;
                /** @description How many items at most; 50 without it */
                limit?: number;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedCodebookPage"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    openCodebook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
                /** @description A number, or `current` for the version in force */
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Codebook"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    downloadDataset: {
        parameters: {
            query: {
                /** @description `safe` keeps a spreadsheet from taking a cell for a formula */
                cells?: "safe" | "raw";
                exclusions?: "included" | "left_out";
                format: "jsonl" | "csv";
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    listDocuments: {
        parameters: {
            query?: {
                /** @description `next` of the page before; the first page without it */
                after?: string;
                /** @description An event's id, or `none` */
                event?: string | "none";
                /** @description Published on this day or later */
                from?: string;
                grouping?: "annotated" | "chosen" | "linked";
                language?: string;
                /** @description How many items at most; 50 without it */
                limit?: number;
                outlet?: string;
                search?: string;
                sort?: "-added" | "added" | "title" | "-title" | "outlet" | "-outlet" | "published" | "-published";
                state?: "live" | "archived";
                /** @description Published on this day or before */
                to?: string;
                work?: "unassigned" | "open" | "submitted";
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedDocumentPage"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    openDocument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                documentId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    archiveDocument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                documentId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    restoreDocument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                documentId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    readDocumentText: {
        parameters: {
            query?: {
                version?: number;
            };
            header?: never;
            path: {
                documentId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentText"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    downloadGold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    listImports: {
        parameters: {
            query?: {
                /** @description `next` of the page before; the first page without it */
                after?: string;
                /** @description How many items at most; 50 without it */
                limit?: number;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedImportPage"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    createImport: {
        parameters: {
            query?: {
                /** @description Name of the file, with its ending */
                name?: string;
                /** @description `no` only takes the files */
                read?: "yes" | "no";
                /** @description Whether to store what was read */
                start?: "yes" | "no";
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewImport"];
                "application/octet-stream": string;
                "multipart/form-data": {
                    files?: string[];
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    openImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                importId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    changeImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                importId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    do: "read";
                    settings?: {
                        [key: string]: unknown;
                    };
                    /** @enum {string} */
                    where?: "auto" | "here" | "background";
                } | {
                    /** @constant */
                    do: "start";
                    /** @enum {string} */
                    where?: "auto" | "here" | "background";
                } | {
                    /** @constant */
                    do: "cancel";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    addImportFile: {
        parameters: {
            query?: {
                /** @description Name of the file, with its ending */
                name?: string;
            };
            header?: never;
            path: {
                importId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TakenFile"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    listImportRows: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                after?: number;
                limit?: number;
                show?: "all" | "troubled" | "fresh" | "known" | "refused" | "stored";
            };
            header?: never;
            path: {
                importId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportRowPage"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    downloadImportRows: {
        parameters: {
            query?: {
                show?: "all" | "troubled" | "fresh" | "known" | "refused" | "stored";
            };
            header?: never;
            path: {
                importId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    listJobs: {
        parameters: {
            query?: {
                /** @description `next` of the page before; the first page without it */
                after?: string;
                /** @description How many items at most; 50 without it */
                limit?: number;
                state?: "waiting" | "running" | "done" | "failed" | "cancelled";
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobPage"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    openJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                jobId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    cancelJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                jobId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    retryJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                jobId: string;
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    listMembers: {
        parameters: {
            query?: {
                /** @description `next` of the page before; the first page without it */
                after?: string;
                /** @description How many items at most; 50 without it */
                limit?: number;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberPage"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    inviteMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by you, new for each request. Sent again within a day, the request does nothing and gets the first answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                    /** @enum {string} */
                    role: "lead" | "adjudicator" | "annotator" | "viewer";
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddedMember"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    removeMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    changeMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    role: "lead" | "adjudicator" | "annotator" | "viewer";
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    restoreMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    listOwnAssignments: {
        parameters: {
            query?: {
                /** @description `next` of the page before; the first page without it */
                after?: string;
                /** @description How many items at most; 50 without it */
                limit?: number;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnAssignmentPage"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    downloadProgress: {
        parameters: {
            query?: {
                roundId?: string;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    listReleases: {
        parameters: {
            query?: {
                /** @description `next` of the page before; the first page without it */
                after?: string;
                /** @description How many items at most; 50 without it */
                limit?: number;
            };
            header?: never;
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedReleasePage"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    createRelease: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made by you, new for each request. Sent again within a day, the request does nothing and gets the first answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                projectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    acceptsFreeText?: boolean;
                    name?: string;
                    settings: components["schemas"]["ReleaseSettings"];
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeRelease"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    openRelease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
                releaseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Release"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    downloadRelease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                projectId: string;
                releaseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    compareReleases: {
        parameters: {
            query: {
                withId: string;
            };
            header?: never;
            path: {
                projectId: string;
                releaseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseDifference"];
                };
            };
            /** @description Nothing changed since the answer with this ETag */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
    downloadReleaseFormat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                format: "jsonl" | "brat" | "xmi" | "casjson" | "label-studio" | "doccano" | "prodigy" | "spacy" | "webannotation" | "webanno" | "conll" | "iobes" | "ptc" | "csv" | "csv-safe" | "tsv" | "xlsx" | "parquet" | "ratings" | "tei" | "qdpx" | "semeval2023" | "basil" | "lewidi";
                projectId: string;
                releaseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                    "application/zip": string;
                };
            };
            /** @description A job writes the file: ask again */
            202: {
                headers: {
                    /** @description Seconds to wait */
                    "Retry-After": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaitingJob"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMuch"];
            503: components["responses"]["Busy"];
        };
    };
}
