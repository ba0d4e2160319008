"""Starts the explorer: the window without arguments, the command line with them."""

import sys

NEEDED = (3, 11)


def main() -> int:
    """Exit status: 0 done, 1 a check found problems, 2 the request cannot be carried out."""
    if sys.version_info < NEEDED:
        version = ".".join(map(str, sys.version_info[:2]))
        print("错误：这里的 Python 是 {}，本程序需要 3.11 或更新的版本".format(version), file=sys.stderr)  # noqa: UP032
        print("办法：安装 Python 3.11 以上版本后，按 README 的第一条命令再试", file=sys.stderr)
        return 2
    try:
        if len(sys.argv) > 1:
            from explorer.cli import run
        else:
            from explorer.app import run
        return run(sys.argv[1:])
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] in ("explorer", "layers", "geodata"):
            raise
        print(f"错误：缺少 Python 组件 {error.name}", file=sys.stderr)
        print("办法：在程序文件夹中运行 README 的第一条命令，它会装好全部依赖", file=sys.stderr)
        return 2
    except ImportError as error:
        from explorer.display import missing_library

        message = missing_library(str(error))
        if message is None:
            raise
        print(message, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
