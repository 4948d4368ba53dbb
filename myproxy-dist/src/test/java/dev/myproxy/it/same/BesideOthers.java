package dev.myproxy.it.same;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A test class that plays scripts to the {@link Server}s and {@link Daemon}s of this package, which nobody else uses: classes
 * with this annotation run one after the other, their methods too, beside all the other classes.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("servers that scripts are played to")
@interface BesideOthers {
}
