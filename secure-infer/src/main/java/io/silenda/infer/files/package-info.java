/** Files that appear complete or not at all. */
@NullMarked
package io.silenda.infer.files;

import org.jspecify.annotations.NullMarked;
