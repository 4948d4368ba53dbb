package dev.myproxy.admin;

/** A request makes no sense; the message says what would. */
final class BadRequestException extends Exception {

    private static final long serialVersionUID = 1;

    BadRequestException(String message) {
        super(message);
    }
}
