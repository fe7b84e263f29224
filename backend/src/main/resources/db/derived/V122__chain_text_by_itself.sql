-- A schema that is renamed takes along what refers to its parts by reference, and not what names
-- them in a body of text: so that a mirror built beside the served one can take its place.
CREATE FUNCTION derived.text_of(data bytea, place numeric, length numeric) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    RETURN convert_from(substr(data, place::integer + 33, length::integer), 'UTF8');
EXCEPTION
    WHEN character_not_in_repertoire OR untranslatable_character THEN
        RETURN chr(65533);
    WHEN numeric_value_out_of_range OR substring_error THEN
        RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION derived.text_at(data bytea, word integer) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN derived.text_of(data, derived.uint(data, word),
        derived.word_uint(
            substr(data, least(derived.uint(data, word), 1000000000)::integer + 1, 32)));
