package dev.myproxy.protocol;

import io.netty.buffer.ByteBuf;

/** What the OK, EOF and ERR packets of a response say, read in place: an object that is filled again and again. */
final class Outcome {

    private static final int QUALITY = ServerStatus.NO_INDEX_USED | ServerStatus.NO_GOOD_INDEX_USED
            | ServerStatus.QUERY_WAS_SLOW;

    private int status;
    private int quality;
    private int warnings;
    private long affectedRows;
    private boolean failed;
    private int errorCode;

    /** Forgets everything but the status that belongs to the session. */
    void begin() {
        status &= ~QUALITY;
        quality = 0;
        warnings = 0;
        affectedRows = 0;
        failed = false;
        errorCode = 0;
    }

    /** The status flags of the last OK or EOF, of whatever response. */
    int status() {
        return status;
    }

    void setStatus(int status) {
        this.status = status;
    }

    boolean failed() {
        return failed;
    }

    void fail(int code) {
        failed = true;
        errorCode = code;
    }

    /**
     * Reads an OK packet.
     *
     * @param at  index of its first byte
     * @param end index behind the bytes that may be read
     * @return index behind its warnings
     */
    int ok(ByteBuf bytes, int at, int end) {
        int rowsAt = at + 1;
        int idAt = behind(bytes, rowsAt, end);
        int statusAt = behind(bytes, idAt, end);
        if (end - statusAt < 4) {
            throw tooShort();
        }
        affectedRows += Lenenc.get(bytes, rowsAt);
        set(bytes.getUnsignedShortLE(statusAt), bytes.getUnsignedShortLE(statusAt + 2));
        return statusAt + 4;
    }

    /** Reads an EOF packet of five bytes. */
    void eof(ByteBuf bytes, int at) {
        set(bytes.getUnsignedShortLE(at + 3), bytes.getUnsignedShortLE(at + 1));
    }

    void report(Command command, ResponseObserver observer) {
        observer.completed(command, failed, errorCode, status | quality, affectedRows, warnings);
    }

    private void set(int newStatus, int newWarnings) {
        status = newStatus;
        warnings = newWarnings;
        quality |= newStatus & QUALITY;
    }

    private static int behind(ByteBuf bytes, int at, int end) {
        if (at >= end) {
            throw tooShort();
        }
        return at + Lenenc.size(bytes, at);
    }

    private static MalformedPacketException tooShort() {
        return new MalformedPacketException("OK packet of the server is too short");
    }
}
