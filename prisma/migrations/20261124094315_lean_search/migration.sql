-- A text is indexed once, by the rules of its language. As it stands too, the index held two entries for
-- each word and most of the time of an import went into it.
CREATE OR REPLACE FUNCTION corpus_search(title text, source text, language text, body text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', source), 'B')
      || to_tsvector(search_rules(language), left(body, 100000))
$$;

UPDATE "document" d
   SET "search" = corpus_search(d."title", concat_ws(' ', d."outlet", d."author", d."section"), d."language", v."text")
  FROM "document_version" v
 WHERE v."project_id" = d."project_id" AND v."document_id" = d."id"
   AND v."version" = (SELECT max(o."version") FROM "document_version" o
                       WHERE o."project_id" = d."project_id" AND o."document_id" = d."id");
