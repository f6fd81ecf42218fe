# Yang dikatakan baris perintah. Bantuannya hanya dalam bahasa Inggris.

cli-fault = Terjadi kerusakan yang tidak semestinya: { $doing }. Mohon laporkan.
cli-progress = { $doing }: { $done } dari { $total }
cli-doing-refold = Menyusun ulang tabel
cli-doing-verify = Memeriksa
cli-doing-backup = Mencadangkan

cli-no_site = Tidak ada situs di { $path }. Buat dengan: simpul init --data { $path }
cli-no_site_on_server = Tidak ada situs di { $path }. Buat situs yang menyimpan datanya di server dengan: simpul init --data { $path } --database { $database }
cli-site_exists = Sudah ada situs di { $path }. Jalankan dengan: simpul serve --data { $path }
cli-data_in_folder = Situs ini menyimpan datanya di { $path }. Untuk pindah ke PostgreSQL, buat cadangan lalu pulihkan ke folder kosong dengan --database.
cli-data_elsewhere = Data situs ini tidak ada di { $path }. Bila disimpan di server PostgreSQL, sebutkan dengan --database; bila tidak, kembalikan berkasnya atau pulihkan cadangan ke folder kosong.
cli-copied = Folder { $path } adalah salinan sebuah situs: terakhir dipakai di mesin lain, atau aslinya masih di tempatnya. Supaya satu log tidak ditulis dua pihak, log baru dimulai di sini. Beri tahu pemeriksa dan mitra vkey-nya: { $vkey }

cli-done-init = Situs sudah dibuat di { $path }. Pengaturannya ada dalam simpul.toml di sana.
cli-init-sign-in = Administrator masuk dengan nama { $handle } dan kata sandi { $password } (hanya ditampilkan sekali ini).
cli-init-next =
    Simpan salinan { $path }/secret/kek di tempat lain: tanpa berkas itu tidak satu nama pun dapat dibaca, dan cadangan tidak memuatnya.
    Selanjutnya: simpul serve --data { $path }

cli-serving = Simpul terbuka di { $address }. Hentikan dengan Ctrl-C.
cli-stopping = Berhenti: yang sedang berjalan diselesaikan dulu.
cli-port_taken = Program lain sudah memakai { $address }. Hentikan program itu, atau pilih porta lain dengan --listen.
cli-port_forbidden = Pengguna ini tidak boleh memakai { $address }. Pilih porta mulai 1024 dengan --listen.
cli-address_wrong = { $address } tidak dapat dipakai. Tulis alamat mesin ini dan portanya, misalnya --listen 127.0.0.1:8470.

cli-done-user-open = Akun { $handle } sudah dibuka. Beri peran dengan: simpul user grant
cli-done-user-password = Akun { $handle } mendapat kata sandi baru; semua sesinya diakhiri.
cli-user-new-password = Kata sandinya { $password } (hanya ditampilkan sekali ini).
cli-done-user-grant = { $handle } sekarang mempunyai peran: { $role }.
cli-done-user-revoke = { $handle } tidak lagi mempunyai peran: { $role }.
cli-done-user-close = Akun { $handle } sudah ditutup.
cli-user-closed = { $handle } (ditutup)
cli-no_account = Akun { $handle } tidak ada. Buka dahulu dengan “simpul user open”, atau cari nama yang benar dengan “simpul user list”.

cli-done-remind = Surat ditulis: { $made }, terkirim: { $sent }, menunggu di kotak keluar: { $waiting }.
cli-done-refold = { $entries } catatan telah disusun ulang.
cli-done-export-log = { $entries } catatan log { $origin } telah ditulis.
cli-folder_not_empty = Sudah ada isi di { $path }. Sebutkan folder baru; ekspor lama dipakai sebagai pembanding ekspor baru.
cli-done-backup = Cadangan { $file } telah ditulis: { $entries } catatan. Kunci pembuka nama (secret/kek) tidak ada di dalamnya.
cli-done-restore = Dipulihkan: { $entries } catatan, { $bodies } isi, { $keys } kunci tersegel. Sekarang situs yang dipulihkan diperiksa.
cli-secret_unreadable = Berkas { $path } tidak dapat dibaca ({ $problem }). Periksa nama dan izinnya.
cli-secret_empty = Berkas { $path } kosong. Tulis frasa sandi pada baris pertama.
cli-backup_exists = { $path } sudah ada, dan cadangan tidak ditimpa. Sebutkan berkas baru, misalnya dengan tanggal dan jamnya.
cli-no_identity = Berkas { $path } tidak memuat identitas age. Buat dengan: age-keygen -o { $path }

cli-half_restored = Pemulihan ke { $path } terputus. Jalankan lagi `simpul restore` dengan cadangan yang sama; sisa yang setengah jadi dibersihkan sendiri.
cli-verify-log = Log { $origin }: { $size } catatan, akar { $root }
cli-verify-bodies = Isi yang cocok: { $bodies }; tidak ada: { $absent }
cli-verify-given-up = Isi yang tetap tersegel karena situs dipulihkan tanpa nama: { $bodies }
cli-verify-keyless = Isi tersegel yang kuncinya tidak ada di keys.db dan tidak pernah dihapus: { $bodies }. Kembalikan keys.db milik situs ini, atau pulihkan cadangan terbaru.
cli-verify-blobs = Lampiran yang cocok: { $blobs }
cli-verify-checkpoints = Titik periksa bertanda tangan yang cocok: { $checkpoints }; catatan sesudah yang terbaru: { $unsigned }
cli-verify-problem-at = Log { $log }, catatan { $idx }: { $problem }
cli-verify-problem = Log { $log }: { $problem }
cli-verify-problem-blob = Log { $log }, catatan { $idx }: { $problem } (SHA-256 { $blob })
cli-verify-uncompared = Tidak dibandingkan di sini, tetapi dibuktikan oleh `simpul refold`: { $tables }
cli-verify-sound = Semuanya utuh.
cli-verify-unsound = Ada { $problems } hal yang tidak beres. Hentikan server, simpan salinan folder apa adanya, lalu pulihkan cadangan terbaru yang lolos pemeriksaan.

cli-doing-import = Mengimpor
cli-doing-demo = Menyusun data rekaan setahun, bulan demi bulan
cli-doing-bench-import = Mencatat penimbangan

cli-file_unreadable = Berkas { $path } tidak dapat dibaca ({ $problem }). Periksa nama dan izinnya.
cli-which_village = Desa atau kalurahan yang mana? Sebutkan dengan --village, misalnya --village 34.02.05.2003, atau atur home dalam simpul.toml.
cli-no_bank = Tidak ada bank sampah itu di situs ini. Buka dulu pada halaman kalurahan, lalu impor lagi.
cli-which_bank = Bank sampah yang mana? Sebutkan dengan --bank: { $banks }
cli-import-problem = Baris { $line }, kolom { $column }: { $problem }
cli-import-more-problems = … dan { $count } baris lagi.
cli-import-nothing = Tidak ada yang dicatat karena { $problems } baris salah. Perbaiki, atau catat baris lainnya dengan --only-good.
cli-import-stopped = Impor berhenti karena pembukuan berubah sementara itu. Penimbangan: { $booked } dicatat, { $left } belum. Baris salah: { $problems }. Perbaiki lalu impor berkas yang sama lagi, atau catat baris lainnya dengan --only-good.
cli-import-again = Daftar yang sama sudah pernah diimpor; tidak ada yang berubah ({ $provinces } provinsi, { $regencies } kabupaten dan kota, { $districts } kecamatan, { $villages } desa).
cli-done-import-regions = Diimpor: { $provinces } provinsi, { $regencies } kabupaten dan kota, { $districts } kecamatan, { $villages } desa.
cli-done-import-households = Rumah tangga: { $new } baru, { $known } sudah ada. Padukuhan yang diberi nama: { $hamlets }. Baris anggota lain, tidak disimpan: { $members }. Baris salah yang dilewati: { $wrong }.
cli-done-import-weigh-ins = Baris: { $rows }. Penimbangan: { $booked } dicatat, { $known } sudah ada. Baris salah yang dilewati: { $wrong }.

cli-not_a_demo = Situs di { $path } berisi data nyata. Jalankan dengan simpul serve, atau pilih folder lain untuk demo.
cli-demo-cast = Datanya rekaan. Semua masuk dengan kata sandi { $password }:
cli-demo-one = {"   "} { $handle } { $role }

cli-bench-line = { $mark } { $name }: { $value } (diharapkan: { $wanted })
cli-bench-weigh-ins-per-append = Penimbangan tersimpan, satu per satu, dibanding penulisan mentah disk ini
cli-bench-syncs-per-weigh-in = Sinkronisasi per penimbangan
cli-bench-writers-32-per-one = 32 penulis dibanding satu
cli-bench-import-micros-per-entry = Impor, mikrodetik prosesor per penimbangan
cli-bench-verify-entries-per-second = Pemeriksaan, catatan per detik dan inti
cli-bench-refold-entries-per-second = Penyusunan ulang, catatan per detik dan inti
cli-bench-phones-p99-ms = 300 telepon di balai, milidetik pada persentil ke-99
cli-bench-counter-ms = Halaman loket, median milidetik
cli-bench-passbook-ms = Buku tabungan, median milidetik
cli-bench-idle-memory-mib = Memori server yang menganggur, MiB
cli-bench-start-ms = Mulai, milidetik
cli-bench-program-mib = Ukuran program, MiB

# Berkas pengaturan.

cli-config_unreadable = Berkas pengaturan { $path } tidak dapat dibaca ({ $problem }). Periksa nama dan izinnya.
cli-config_syntax = { $file }, baris { $line }: ini bukan TOML ({ $problem }). `simpul config` mencetak berkas untuk dibandingkan.
cli-config_unknown_key = { $file }, baris { $line }: tidak ada pengaturan { $key }. `simpul config` mencetak semuanya.
cli-config_unknown_near = { $file }, baris { $line }: tidak ada pengaturan { $key }. Apakah maksudnya { $near }?
cli-config_value = { $place }: { $key } tidak boleh "{ $value }". Tulis seperti { $example }.
cli-config-head =
    Pengaturan situs Simpul. Baris yang diawali # adalah komentar; hapus tandanya untuk mengubah nilai.
    Lingkungan mengalahkan berkas ini (SIMPUL_LISTEN untuk listen), pilihan pada baris perintah mengalahkan keduanya.
cli-config-listen = Alamat dan porta tempat situs dibuka.
cli-config-database = Basis data PostgreSQL sebagai ganti yang tertanam.
cli-config-key_file = Kunci pembuka nama. Biasanya secret/kek dalam folder situs; lebih baik pada disk lain.
cli-config-title = Nama situs pada setiap halaman.
cli-config-home = Kode desa atau kalurahan yang dilayani situs ini.
cli-config-timezone = Tempat situs bekerja: Asia/Jakarta, Asia/Makassar, Asia/Jayapura, Asia/Seoul, atau selisih seperti +07:00.
cli-config-public_url = Alamat situs bagi pengunjung, bila ada proksi di depannya.
cli-config-behind_tls_proxy = true bila proksi dengan TLS berada di depan situs: kuki lalu hanya lewat TLS.
cli-config-smtp = Peladen surel yang menerima pengingat, nama dan porta, misalnya relai mesin ini. Tanpa ini tidak ada yang dikirim.
cli-config-mail_from = Alamat pengirim pengingat.
cli-config-upload_max_mb = Berkas terbesar yang boleh dikirim, dalam megabita.
cli-config-attachment_max_mb = Berkas terbesar yang boleh dilampirkan pada naskah, dalam megabita.
cli-config-synthetic = true bila datanya rekaan; setiap halaman menyatakannya. Diatur oleh `simpul demo`.

# Yang dikatakan basis data bila gagal, dan apa yang harus dilakukan.

db-disk_full = Disk penuh. Yang sudah dijawab tetap aman; yang ini belum dicatat. Kosongkan sebagian ruang, lalu coba lagi.
db-read_only = Folder atau berkas ini tidak dapat ditulisi. Beri pengguna yang menjalankan Simpul hak menulis di sana, lalu mulai lagi.
db-damaged = Berkas basis data rusak. Hentikan server, simpan salinan folder apa adanya, lalu pulihkan cadangan terbaru dengan `simpul restore`.
journal-body_missing_stop = Ada isi yang hilang dari log padahal tidak ada yang meminta penghapusan. Simpan salinan folder apa adanya, lalu pulihkan cadangan terbaru dengan `simpul restore`.
journal-database_empty = Basis data kosong atau lebih lama daripada yang pernah ditulis di { $path }. Tidak ada yang diubah. Kembalikan basis data yang benar, sebutkan yang benar dengan --database, atau pulihkan cadangan terbaru ke folder baru dengan `simpul restore`.
db-cannot_open = Berkas basis data tidak dapat dibuka. Periksa apakah foldernya ada dan pengguna yang menjalankan Simpul boleh membaca dan menulis di sana.
db-busy = Program lain terlalu lama memakai basis data. Tutup program yang menyalin atau membuka berkasnya, lalu coba lagi.
db-disk_failed = Disk gagal membaca atau menulis. Salin folder ke disk lain, periksa disk ini, dan periksa data dengan `simpul verify`.
db-unreachable = Server basis data tidak dapat dihubungi. Periksa alamatnya dan apakah server berjalan, lalu coba lagi.

# Yang dikatakan jurnal bila tidak dapat melanjutkan, dan apa yang harus dilakukan.

journal-key_file_missing = Berkas kunci { $path } tidak ada; tanpa itu tidak satu nama pun dapat dibaca. Kembalikan salinan yang disimpan ke tempatnya.
journal-keys_missing = { $path } tidak ada atau lebih lama daripada situs: kunci sejumlah orang yang tidak pernah dihapus tidak ada di dalamnya. Tidak ada yang diubah. Kembalikan berkas itu ke tempatnya, atau pulihkan cadangan terbaru ke folder baru dengan `simpul restore`.
journal-backup_keys_missing = Cadangan ini tidak memuat kunci sejumlah orang yang tidak pernah dihapus. Gunakan cadangan lain, atau pulihkan semuanya kecuali nama dengan --without-names.
journal-key_file_wrong = Berkas kunci { $path } bukan milik situs ini. Letakkan salinan yang disimpan untuk situs ini.
journal-key_file_unusable = Berkas kunci { $path } tidak dapat dibaca atau ditulis. Periksa apakah disknya tersambung dan izinnya benar.
journal-backup_key_wrong = Berkas kunci { $path } tidak membuka nama dalam cadangan ini. Bila cadangan dibuat sebelum suatu penghapusan data pribadi, kuncinya telah dimusnahkan: pulihkan semuanya kecuali nama dengan --without-names. Bila tidak, sebutkan salinan kunci yang disimpan bersamanya: --key-file.
journal-backup_key_missing = Kunci pembuka nama dalam cadangan ini tidak ada di { $path }. Sebutkan salinan yang disimpan dengan --key-file; bila sudah dimusnahkan oleh penghapusan data pribadi, pulihkan semuanya kecuali nama dengan --without-names.
journal-log_ended = Program lain telah mengakhiri log ini dan menulis log baru. Catatan tidak hilang. Jalankan ulang `simpul serve`; bila peladen berjalan di dalam kontainer, jalankan perintah di dalamnya juga.
journal-folder_taken = Sudah ada situs di { $path }. Pulihkan ke folder kosong.
journal-cannot_write = Berkas { $path } tidak dapat ditulis. Periksa apakah foldernya ada dan pengguna ini boleh menulis di sana.
journal-recipient_wrong = Ini bukan penerima age. Salin baris yang diawali age1, seperti yang dicetak age-keygen.
journal-identity_wrong = Ini bukan identitas age. Pakai baris yang diawali AGE-SECRET-KEY-1 secara utuh.
journal-backup_missing = Cadangan { $path } tidak dapat dibuka. Periksa nama dan izinnya.
journal-backup_damaged = Cadangan { $path } rusak atau bukan cadangan. Ambil yang lebih lama; situs tidak disentuh.
journal-backup_locked = Cadangan { $path } tidak terbuka dengan kunci ini. Pakai identitas atau frasa sandi yang dipakai saat membuatnya.
journal-no_checkpoint = Belum ada titik periksa yang ditandatangani. Jalankan situs sebentar, lalu coba lagi.


# Yang dapat ditemukan pemeriksaan.

journal-gap = catatan sebelum ini hilang
journal-header_unreadable = kepala catatan tidak dapat dibaca
journal-id_changed = nomornya berbeda dengan yang di kepala catatan
journal-body_changed = isinya bukan yang dicatat
journal-body_missing = isinya hilang, padahal tidak ada yang meminta penghapusan
journal-blob_missing = berkas lampiran hilang; kembalikan berkasnya atau pulihkan dari cadangan
journal-blob_altered = berkas lampiran bukan yang dulu dilampirkan; pulihkan dari cadangan
journal-pages_damaged = Halaman basis data rusak. Hentikan server, simpan salinan folder apa adanya, lalu pulihkan cadangan terbaru yang lolos pemeriksaan.
journal-balance_differs = Catatan utuh, tetapi ada saldo yang bukan jumlah pemindahannya. Jalankan `simpul refold`, yang membuat ulang tabel dari catatan.
journal-erased_differs = Semua catatan utuh, tetapi daftar orang yang dihapus tidak sesuai dengan catatan. Jalankan `simpul refold` untuk membuat tabel kembali dari catatan.
journal-nothing_signed = Ada catatan, tetapi tidak satu pun titik periksa bertanda tangan: ada yang mengambilnya. Pulihkan cadangan terbaru yang lolos pemeriksaan.
journal-tile_wrong = bagian pohon yang disimpan tidak cocok dengan catatan
journal-root_differs = catatan sampai di sini bukan yang ditandatangani
journal-size_differs = jumlah catatan log tidak seperti seharusnya
journal-entries_missing = catatan di ujung yang sudah ditandatangani hilang
journal-vkey_unreadable = kunci publik tidak dapat dibaca
journal-signature_wrong = tanda tangan sebuah titik periksa salah
