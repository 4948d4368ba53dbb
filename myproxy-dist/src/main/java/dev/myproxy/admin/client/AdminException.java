package dev.myproxy.admin.client;

/** A daemon could not be asked, or did not do what it was asked for. The message says what to do about it. */
public final class AdminException extends Exception {

    private static final long serialVersionUID = 1;

    /** What went wrong. */
    public enum Kind {

        /** There is no daemon, or it does not answer. */
        UNREACHABLE,

        /** One may not ask that. */
        NOT_PERMITTED,

        /** There is no such thing. */
        NOT_FOUND,

        /** The daemon can't do it. */
        FAILED
    }

    private final Kind kind;

    private AdminException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    private AdminException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    static AdminException unreachable(String message, Throwable cause) {
        return new AdminException(Kind.UNREACHABLE, message, cause);
    }

    static AdminException notPermitted(String message, Throwable cause) {
        return new AdminException(Kind.NOT_PERMITTED, message, cause);
    }

    /** What came is not what a daemon answers. */
    static AdminException strange(String message) {
        return new AdminException(Kind.FAILED, message);
    }

    /** The daemon answered with a status other than 200. */
    static AdminException refused(int status, String message) {
        return new AdminException(switch (status) {
            case 403 -> Kind.NOT_PERMITTED;
            case 404 -> Kind.NOT_FOUND;
            default -> Kind.FAILED;
        }, message);
    }

    public Kind kind() {
        return kind;
    }
}
