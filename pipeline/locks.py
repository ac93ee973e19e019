"""Locks on open files, as the system keeps them: they end when the file is closed, or the process.

Where there is flock it is called as it is: portalocker, which has a lock like it for Windows, takes longer to load than all else
that a build with nothing to do needs.
"""

from __future__ import annotations

import sys

if sys.platform == "win32":
    from portalocker import AlreadyLocked, LockException, LockFlags
    from portalocker import lock as _lock

    def take_lock(descriptor: int, *, shared: bool = False, wait: bool = False) -> bool:
        """Lock a file, for one or with all who share it; False where others hold one that excludes it, unless it waits for them.

        Raises OSError where the system keeps no locks on it.
        """
        how = LockFlags.SHARED if shared else LockFlags.EXCLUSIVE
        try:
            _lock(descriptor, how if wait else how | LockFlags.NON_BLOCKING)
        except AlreadyLocked:
            return False
        except LockException as error:
            raise OSError(None, f"locks are not kept there: {error}") from error
        return True

else:
    import fcntl

    def take_lock(descriptor: int, *, shared: bool = False, wait: bool = False) -> bool:
        """Lock a file, for one or with all who share it; False where others hold one that excludes it, unless it waits for them.

        Raises OSError where the system keeps no locks on it.
        """
        how = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(descriptor, how if wait else how | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return False
        except OSError as error:
            raise OSError(None, f"locks are not kept there: {error}") from error
        return True
