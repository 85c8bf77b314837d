// What is wrong with a file or the folder that it lies in, in words for whoever imports it: the system says letters.

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: '磁盘满了，先腾出空间',
  EDQUOT: '磁盘配额用完了，先腾出空间',
  EFBIG: '超过了系统允许的文件大小',
  EROFS: '这个盘只能读：把文件复制到可以写的文件夹',
  EACCES: '没有权限：换一个有权限的文件夹或用户',
  EPERM: '没有权限：换一个有权限的文件夹或用户',
  EISDIR: '那里有一个同名的文件夹：把它改名或移走',
  ERR_FS_EISDIR: '那里有一个同名的文件夹：把它改名或移走',
  ENOENT: '已经不在那里',
  ENOTDIR: '已经不在那里',
  ELOOP: '链接绕成了圈',
  ENAMETOOLONG: '名字太长，把文件改短',
  EBUSY: '正被别的程序使用，先在那里关掉',
  ETXTBSY: '正被别的程序使用，先在那里关掉',
  EMFILE: '这个程序打开的文件太多',
  ENFILE: '这台机器打开的文件太多',
  EIO: '磁盘读写出错，换一个盘',
  ESTALE: '网络文件夹断开了，先重新连上',
  ENOTCONN: '网络文件夹断开了，先重新连上',
}

/** @returns 磁盘满了，先腾出空间（ENOSPC） */
export function troubleOfFile(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === undefined) return message
  return reasons[code] === undefined ? code : `${reasons[code]}（${code}）`
}
