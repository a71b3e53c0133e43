/** Native handles, the library loader and the JNI entry points: no part of the public API. */
@NullMarked
package io.silenda.he.internal;

import org.jspecify.annotations.NullMarked;
