package dev.myproxy.posix;

/** Numbers of errors that callers tell apart, as Linux has them on all architectures that we run on. */
public final class Errno {

    public static final int ENOENT = 2;
    public static final int ESRCH = 3;
    public static final int EINTR = 4;
    public static final int EBADF = 9;
    public static final int EAGAIN = 11;
    public static final int ENOTDIR = 20;
    public static final int EINVAL = 22;
    public static final int ENFILE = 23;
    public static final int EMFILE = 24;
    public static final int ENOTSOCK = 88;
    public static final int EMSGSIZE = 90;
    public static final int ENOPROTOOPT = 92;
    public static final int EOPNOTSUPP = 95;
    public static final int ENOBUFS = 105;

    private Errno() {}

    /** What strerror(3) says, in the language of the locale. */
    public static String text(int errno) {
        return CLibrary.strerror(errno);
    }
}
