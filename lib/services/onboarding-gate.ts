import "server-only";

/** SQL: the latest consent text of an annotator `n`'s project is consented to, or there is none. */
const CONSENTED = `
  NOT EXISTS (
    SELECT 1 FROM consent_text t
     WHERE t.project_id = n.project_id
       AND NOT EXISTS (SELECT 1 FROM consent_text later
                        WHERE later.project_id = t.project_id AND later.version > t.version)
       AND NOT EXISTS (SELECT 1 FROM consent c
                        WHERE c.project_id = t.project_id AND c.version = t.version
                          AND c.annotator_id = n.id AND c.withdrawn_at IS NULL))`;

/**
 * SQL: the score that an assignment `ta` with its set `ts` still has to reach by the settings `o`; false
 * where there is no mark to reach, or no gold to compare with.
 */
export const IS_BELOW_MARK = `
  coalesce((o.settings ->> 'trainingShare')::real, 0) > coalesce(ta.training_score, 0)
  AND EXISTS (
    SELECT 1 FROM annotation_set g
      LEFT JOIN adjudication j ON j.project_id = g.project_id AND j.gold_set_id = g.id
     WHERE g.project_id = ts.project_id AND g.kind = 'gold'
       AND g.document_version_id = ts.document_version_id
       AND g.superseded_by_id IS NULL AND (j.id IS NULL OR j.state = 'finished'))`;

/**
 * SQL: a training document of an annotator `n` that is open to them and that they never submitted, or
 * not well enough by the settings `o`.
 */
const UNTRAINED = `
  SELECT 1 FROM assignment ta
    JOIN round tr ON tr.project_id = ta.project_id AND tr.id = ta.round_id
    JOIN document td ON td.project_id = ta.project_id AND td.id = ta.document_id
    JOIN annotation_set ts ON ts.project_id = ta.project_id AND ts.assignment_id = ta.id
   WHERE ta.project_id = n.project_id AND ta.annotator_id = n.id AND ta.withdrawn_at IS NULL
     AND (ta.purpose = 'training' OR tr.kind = 'training') AND td.archived_at IS NULL
     AND ta.repetition = 0
     AND (tr.opens_at IS NULL OR tr.opens_at <= now()) AND (tr.closes_at IS NULL OR tr.closes_at > now())
     AND (${IS_BELOW_MARK} OR (ta.state <> 'submitted' AND NOT EXISTS (
           SELECT 1 FROM operation done
            WHERE done.project_id = ts.project_id AND done.annotation_set_id = ts.id
              AND done.kind = 'submit')))`;

/** SQL: what an annotator `n` has to pass next before they work in their project; null where nothing. */
export const NEXT_STEP = `
  (SELECT CASE
     WHEN (o.settings ->> 'asksConsent')::boolean AND NOT (${CONSENTED}) THEN 'consent'
     WHEN jsonb_array_length(o.settings -> 'questions') > 0 AND NOT EXISTS (
       SELECT 1 FROM questionnaire_offer f
        WHERE f.project_id = n.project_id AND f.annotator_id = n.id) THEN 'questionnaire'
     WHEN (o.settings ->> 'trainsFirst')::boolean AND EXISTS (${UNTRAINED}) THEN 'training'
     WHEN jsonb_array_length(o.settings -> 'quiz') > 0 AND NOT EXISTS (
       SELECT 1 FROM quiz_attempt q
        WHERE q.project_id = n.project_id AND q.annotator_id = n.id AND q.is_passed) THEN 'quiz'
   END FROM onboarding o WHERE o.project_id = n.project_id)`;

/**
 * SQL: whether an assignment `a` of a round `r` is open to its annotator `n`. Training waits for consent
 * and questionnaire, other work for all steps. Changes made before stay welcome at any time: nothing
 * that was marked is lost because a new consent text came out meanwhile.
 */
export const IS_LET_IN = `
  coalesce(${NEXT_STEP} NOT IN ('consent', 'questionnaire')
           AND (a.purpose = 'training' OR r.kind = 'training'
                OR ${NEXT_STEP} IS NULL), true)`;
