#pragma once

#include <string>

namespace silenda {

/// Where the worker's files are copied to and run from.
class Place {
 public:
  /// A fresh tmpfs over `folder` that only this process and its children see, in mount, network, IPC
  /// and, without privileges, user namespaces of their own. Where the kernel refuses namespaces, the
  /// folder itself: then isolated() is false.
  static Place open(const std::string& folder);

  const std::string& path() const { return path_; }
  bool isolated() const { return isolated_; }

  /// What stands for the place in the arguments of the program: nothing once it is the root.
  std::string prefix() const { return isolated_ ? "" : path_; }

  /// Brings in /proc, the description of the processors, the three devices that Java wants and an empty
  /// folder for temporary folders (the limit on file sizes is zero), and makes the rest read-only.
  void seal() const;

  /// Makes the place the root of the file system and drops the old one; does nothing where it is
  /// not isolated.
  void enter() const;

 private:
  Place(std::string path, bool isolated);

  std::string path_;
  bool isolated_;
};

}  // namespace silenda
