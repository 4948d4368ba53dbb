package dev.myproxy.session;

/** When a session can be ended without harm. */
interface Departure {

    /** Nobody loses anything. */
    Departure FREE = of(true);

    /** Something is under way that will end. */
    Departure LATER = of(false);

    /** Whether nothing would be lost that is under way. */
    boolean isPossible();

    /** Whether the server holds something for the client that ends with the session. */
    boolean isInTransaction();

    /** From now on a command of the client is not carried out any more, if it begins outside of a transaction. */
    void lastCall();

    private static Departure of(boolean possible) {
        return new Departure() {

            @Override
            public boolean isPossible() {
                return possible;
            }

            @Override
            public boolean isInTransaction() {
                return false;
            }

            @Override
            public void lastCall() {
                // there is no command yet
            }
        };
    }
}
