-- Version 3: where the bytes of each document lie, and where each of its fields was found.

ALTER TABLE documents ADD COLUMN original_file TEXT;        -- path or URL; NULL where it cannot be read again
ALTER TABLE documents ADD COLUMN original_member TEXT;      -- member of an archive
ALTER TABLE documents ADD COLUMN original_offset INTEGER;   -- in bytes after decompression; of WARC in the file
ALTER TABLE documents ADD COLUMN original_length INTEGER;
ALTER TABLE documents ADD COLUMN original_digest TEXT;      -- `sha256:` and hexadecimal digits
ALTER TABLE documents ADD COLUMN found TEXT;                -- JSON: field -> where it was found
