package dev.warren.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which host of a {@link LabExtension}'s lab a parameter of type {@link dev.warren.lab.Host} is.
 * Where a class has several labs the one that has such a host is meant.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface LabHost {
  /** The host's name; the root's too. */
  String value();
}
