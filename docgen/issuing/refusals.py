"""Why the system refused a file or folder, in the clerk's words."""

from __future__ import annotations

import errno

_REASONS = {
    errno.EACCES: "没有权限，或文件正被别的程序打开",
    errno.EPERM: "没有权限，或文件正被别的程序打开",
    errno.EBUSY: "文件正被别的程序使用",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "已用完分配给您的磁盘空间",
    errno.EROFS: "所在磁盘是只读的",
    errno.ENAMETOOLONG: "路径太长",
    errno.ENOENT: "所在的文件夹不存在，或不能在那里建立文件",
    errno.ENOTDIR: "路径中间有一段是文件，不是文件夹",
    errno.EISDIR: "那里已有同名的文件夹",
    errno.EEXIST: "那里已有同名的文件",
    errno.ENOTEMPTY: "那里已有同名的文件夹",
    errno.EINVAL: "路径里有系统不允许的字符",
}


def why_refused(error: OSError) -> str:
    """Say why, in Chinese; by its number when the reason is a rare one."""
    return _REASONS.get(error.errno or 0, f"系统不允许（错误号 {error.errno}）")
