package dev.myproxy.script;

/**
 * What an ERR packet says to programs.
 *
 * @param code     error code
 * @param sqlState five digits and capital letters, not of class 00, which means success
 */
public record ErrorCode(int code, String sqlState) {

    /** The largest code; the one above marks MariaDB's progress reports. */
    public static final int MAX_CODE = 0xfffe;

    public ErrorCode {
        if (!isCode(code)) {
            throw new IllegalArgumentException("Error code out of range: " + code);
        }
        if (!isSqlState(sqlState)) {
            throw new IllegalArgumentException("Not an SQLSTATE of an error");
        }
    }

    /** Whether a number can be the code of an error. */
    public static boolean isCode(double code) {
        return code >= 1 && code <= MAX_CODE && code == Math.rint(code);
    }

    /** Whether a text can be the SQLSTATE of an error. */
    public static boolean isSqlState(String text) {
        return text.length() == 5 && !text.startsWith("00")
                && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'));
    }
}
