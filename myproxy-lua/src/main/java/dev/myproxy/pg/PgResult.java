package dev.myproxy.pg;

import dev.myproxy.protocol.ByteString;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a statement gave; of several statements, the last.
 *
 * @param columns  names, none if the statement returns no rows
 * @param rows     all of them
 * @param affected how many rows the statement selected, inserted, changed or moved; empty for statements that do none
 *                 of these
 */
public record PgResult(List<ByteString> columns, List<PgRow> rows, OptionalLong affected) {}
