package io.amivet.inside.git;

import java.io.InputStream;

/**
 * One object as it is handed out.
 *
 * @param sizeBytes of the contents
 * @param contents without the header; valid only until the visitor returns
 */
record GitObject(ObjectType type, ObjectId id, long sizeBytes, InputStream contents) {}
